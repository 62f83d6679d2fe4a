import { expect, test } from "vitest";
import { currentValues } from "./current-values";

const about = (over: Partial<Parameters<typeof currentValues>[0]> = {}) => ({
  observed: null,
  amount_pointer: null,
  decision: { arguments: { status: "closed", amount: 1800 }, context: null },
  ...over,
});

test("what the system was read to say comes before what the app says", () => {
  const context = [{ id: "c1", kind: "current", data: { status: "pending", amount: 1, other: 2 } }];
  const decision = { arguments: { status: "closed", amount: 1800 }, context };
  const observed = { at: "2026-11-22T10:00:00Z", values: { "/status": "open", "/total": 5 }, money: [] };
  expect([...currentValues(about({ decision }))]).toEqual([
    ["status", { value: "pending", by: "app" }],
    ["amount", { value: 1, by: "app" }],
  ]);
  expect(currentValues(about({ decision, observed })).get("status")).toEqual({ value: "open", by: "system" });
});

test("an amount that moves is never compared with a state", () => {
  const observed = { at: "2026-11-22T10:00:00Z", values: { "/amount": 5000 }, money: [] };
  expect(currentValues(about({ observed, amount_pointer: "/amount" })).size).toBe(0);
});

test("nothing read and nothing told is nothing known", () => {
  expect(currentValues(about()).size).toBe(0);
  const context = [{ id: "c1", kind: "order", data: { status: "open" } }];
  expect(currentValues(about({ decision: { arguments: { status: "closed" }, context } })).size).toBe(0);
});
