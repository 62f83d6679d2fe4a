import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type APIRequestContext, expect } from "@playwright/test";
import type { DecisionView } from "@/lib/decisions/schema";

type DemoApp = "mail-guard" | "refund-desk";

/** A demo app, as its own program calls the API: it gives no confidence, so a person decides. */
export function demoApp(request: APIRequestContext, app: DemoApp) {
  const file = path.join(process.env.COUNTERSIGN_DATA_DIR ?? "data", "demo.json");
  const demo = JSON.parse(readFileSync(file, "utf8")) as { apiKeys: { app: string; key: string }[] };
  const headers = { authorization: `Bearer ${demo.apiKeys.find((each) => each.app === app)?.key}` };
  return {
    key: headers,
    async submit(body: object): Promise<DecisionView & { reviewPath: string }> {
      const data = { external_id: `story-${randomUUID()}`, ...body };
      const answer = await request.post("/api/v1/decisions", { headers, data });
      expect(answer.status(), await answer.text()).toBe(201);
      const decision = (await answer.json()) as DecisionView;
      return { ...decision, reviewPath: `/inbox/${decision.review?.id}?tab=unclaimed` };
    },
    async statusOf(decisionId: string): Promise<string> {
      const answer = await request.get(`/api/v1/decisions/${decisionId}`, { headers });
      return ((await answer.json()) as DecisionView).status;
    },
  };
}

/** A message that a person is asked about; `subject` names it on the screen. Reversible: one key approves. */
export function aMessage(subject: string) {
  return {
    type: "message.quarantine",
    input: {
      from: "someone@example.test",
      subject,
      text: "Win a prize\u202E today <img src=x onerror=alert(1)>",
    },
    proposal: { arguments: { message_id: randomUUID(), subject, sender: "someone@example.test" } },
  };
}

/** A refund that a person is asked about: one euro unless said otherwise. Above the cap approving takes two keys. */
export function aRefund(invoice: string, amount = 100, currency = "EUR") {
  return {
    type: "refund.issue",
    input: { message: "I was charged twice" },
    proposal: { arguments: { invoice, amount, currency } },
  };
}

/** A list of the inbox that is always empty: who rules on what they came to from there has no next one. */
export const emptyList = "tab=snoozed&queue=no-such-queue";
