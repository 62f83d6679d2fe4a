import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions, executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { Submission } from "@/lib/decisions/schema";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import type { Context } from "@/lib/server/context";
import { evaluateSubmission } from "./evaluate-submission";
import { submitDecisions } from "./submit-decisions";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

let org: TestOrg;
let desk: TestDesk;
let key: Context;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, declineThreshold: 0.9, auditRate: 0, amountCap: 5000 },
  });
  key = await org.keyOf(desk.app, ["decisions:write"]);
});

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const sure = (expires_at: string) =>
  Submission.parse({
    type: desk.typeKey,
    external_id: "one",
    input: { message: "charged twice" },
    proposal: { arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } },
    confidence: 0.95,
    expires_at,
  });
const submit = async (submission: Submission, now = new Date()) => {
  const item = { actor: key.actor, livemode: false, idempotencyKey: null, submission };
  const [outcome] = await submitDecisions({ ...org.system, now }, [item]);
  return outcome;
};

test("a decision that comes after its own limit is refused with the place, and nothing of it is stored or sent", async () => {
  const late = sure(inMs(-1000));
  const expected = { code: "validation_failed", errors: [{ pointer: "/expires_at", code: "in_the_past" }] };
  expect(await submit(late)).toMatchObject({ kind: "refused", error: expected });
  await expect(evaluateSubmission({ ...key, now: new Date() }, { body: late })).rejects.toMatchObject(
    expected,
  );
  const stored = await db.select().from(decisions).where(eq(decisions.appId, desk.app));
  expect(stored).toEqual([]);
});

test("a retry of what came in time is answered as the first was, however late it is", async () => {
  const submission = sure(inMs(60_000));
  const first = await submit(submission);
  if (first?.kind !== "created") throw new Error("not created");
  const again = await submit(submission, new Date(Date.now() + 120_000));
  expect(again).toMatchObject({ kind: "replayed", decisionId: first.plan.id });
  const changed = { ...submission, confidence: 0.99 };
  expect(await submit(changed, new Date(Date.now() + 120_000))).toMatchObject({
    kind: "refused",
    error: { code: "idempotency_key_reused" },
  });
});

test("what runs alone may be sent until its limit, not until its approval would end", async () => {
  const limit = inMs(60_000);
  const outcome = await submit(sure(limit));
  if (outcome?.kind !== "created") throw new Error("not created");
  const [execution] = await db.select().from(executions).where(eq(executions.decisionId, outcome.plan.id));
  expect(execution?.executeBefore?.toISOString()).toBe(limit);
});

test("an approval holds until the decision's limit at most, and is none after it", async () => {
  const { id } = await aDecision(db, org, desk);
  await db
    .update(decisions)
    .set({ expiresAt: sql`now() + interval '1 minute'` })
    .where(eq(decisions.id, id));
  const approve = { decisionId: id, from: ["in_review"], to: "approved" } as const;
  const { executionId } = await moveDecision(org.reviewer, approve);
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
  const [execution] = await db
    .select()
    .from(executions)
    .where(eq(executions.id, executionId ?? ""));
  expect(execution?.executeBefore).toEqual(decision?.expiresAt);

  const { id: past } = await aDecision(db, org, desk);
  await db
    .update(decisions)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(decisions.id, past));
  await expect(moveDecision(org.reviewer, { ...approve, decisionId: past })).rejects.toMatchObject({
    code: "review_expired",
  });
});
