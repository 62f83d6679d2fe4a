import { expect, test } from "vitest";
import { raisedParts } from "./raised-parts";

const auto = {
  level: "auto",
  threshold: 0.9,
  decline_threshold: 0.8,
  audit_rate: 0.2,
  amount_cap: 100,
} as const;

test.each([
  ["the same again", auto, []],
  ["a lower threshold", { ...auto, threshold: 0.89 }, ["threshold"]],
  ["a higher one", { ...auto, threshold: 0.91 }, []],
  [
    "fewer audits and a higher cap",
    { ...auto, audit_rate: 0.1, amount_cap: 101 },
    ["audit_rate", "amount_cap"],
  ],
  ["no cap", { ...auto, amount_cap: null }, ["amount_cap"]],
  ["a cap of nothing", { ...auto, amount_cap: 0 }, []],
  ["a lower decline threshold", { ...auto, decline_threshold: 0 }, ["decline_threshold"]],
  ["no decline threshold", { ...auto, decline_threshold: null }, []],
  ["people again", { ...auto, level: "review_all", threshold: null, audit_rate: 0 }, []],
  ["shadow", { ...auto, level: "shadow", amount_cap: null }, []],
] as const)("%s", (_name, after, raised) => {
  expect(raisedParts(auto, after)).toEqual(raised);
});

test("from people to auto is a raise, whatever the threshold", () => {
  for (const level of ["review_all", "shadow"] as const)
    expect(raisedParts({ ...auto, level }, { ...auto, threshold: 1, audit_rate: 1 })).toEqual(["level"]);
  expect(raisedParts({ ...auto, level: "shadow" }, { ...auto, level: "review_all" })).toEqual([]);
});

test("what was never set and is now may run alone", () => {
  const before = { ...auto, threshold: null, decline_threshold: null, amount_cap: null };
  expect(raisedParts(before, { ...auto, amount_cap: null })).toEqual(["threshold", "decline_threshold"]);
});
