import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { Submission } from "@/lib/decisions/schema";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { createdView } from "./decision-answer";
import { submitDecisions } from "./submit-decisions";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

async function submitted(rationale: unknown) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const key = await org.keyOf(desk.app, ["decisions:write", "decisions:read"]);
  const submission = Submission.parse({
    type: desk.typeKey,
    input: { message: "charged twice" },
    proposal: { arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } },
    rationale,
    model: { name: "m", input_tokens: 900, output_tokens: 80, latency_ms: 1200 },
  });
  const [outcome] = await submitDecisions(org.system, [
    { actor: key.actor, livemode: false, idempotencyKey: null, submission },
  ]);
  if (outcome?.kind !== "created") throw new Error("it was not stored");
  const stored = await getDecision(key, { params: { decision: outcome.plan.id } });
  return { answered: createdView(outcome, false), stored };
}

test("what a rationale rests on is stored, and told as it was sent, with what the model took", async () => {
  const rationale = {
    text: "It was paid twice.",
    citations: [{ context_id: "c1", quote: "paid twice" }, { context_id: "c2" }],
  };
  const { answered, stored } = await submitted(rationale);
  expect(stored).toMatchObject({
    rationale,
    model: { input_tokens: 900, output_tokens: 80, latency_ms: 1200 },
  });
  expect(answered.rationale).toEqual(stored.rationale);
});

test("a rationale that is a text names nothing, and none is none", async () => {
  const plain = await submitted("It was paid twice.");
  expect(plain.stored.rationale).toEqual({ text: "It was paid twice.", citations: [] });
  expect(plain.answered.rationale).toEqual(plain.stored.rationale);
  const none = await submitted(undefined);
  expect([none.stored.rationale, none.answered.rationale]).toEqual([null, null]);
});

test("a citation without an item, or with a part that is not known, is refused", () => {
  const parse = (citation: object) =>
    Submission.safeParse({
      type: "t",
      input: {},
      proposal: { arguments: {} },
      rationale: { text: "x", citations: [citation] },
    }).success;
  expect(parse({ context_id: "c1" })).toBe(true);
  expect(parse({ quote: "x" })).toBe(false);
  expect(parse({ context_id: "c1", page: 3 })).toBe(false);
});
