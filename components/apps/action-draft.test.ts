import { expect, test } from "vitest";
import { ActionConfig } from "@/lib/apps/action-config";
import { connectorKinds } from "@/lib/apps/schema";
import { actionConfigFrom, actionJson, actionLine, actionMarks } from "./action-draft";

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

test.each(connectorKinds)("what a new action of kind %s begins with is one the contract takes", (kind) => {
  const begun = { ...actionJson(kind, undefined), ...(kind === "mcp" ? { tool: "issue_refund" } : {}) };
  expect(ActionConfig.safeParse(actionConfigFrom(form({}), kind, begun)).error).toBeUndefined();
});

test("what is edited as JSON and what has a field of its own come back as they were", () => {
  const config = ActionConfig.parse({
    kind: "webhook",
    event: "refund.requested",
    hold_seconds: 30,
    max_amount: 500,
    reports_back: true,
    report_within_seconds: 60,
  });
  const fields = { hold_seconds: "30", max_amount: "500", reports_back: "on", report_within_seconds: "60" };
  expect(actionJson("webhook", config)).not.toHaveProperty("hold_seconds");
  expect(
    ActionConfig.parse(actionConfigFrom(form(fields), "webhook", actionJson("webhook", config))),
  ).toEqual(config);
  expect(actionLine(config)).toBe("refund.requested");
  expect(actionMarks(config)).toEqual(["held 30 s", "reports back", "capped"]);
});
