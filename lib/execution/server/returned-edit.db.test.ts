import { and, eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { approvals, decisions, executions, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { JsonObject } from "@/lib/kernel/json";
import { ApprovalRuleInput } from "@/lib/reviews/approval-rules";
import { createApprovalRule } from "@/lib/reviews/server/create-approval-rule";
import { getReview } from "@/lib/reviews/server/get-review";
import { giveVerdict } from "@/lib/reviews/server/give-verdict";
import type { Context } from "@/lib/server/context";
import { closeConnectors } from "./connectors/connector-of";
import { observeFirst } from "./observe-first";
import { executionRunner } from "./run-executions";
import { aWatchedDesk, aWatchedTarget, type WatchedTarget } from "./testing-observed";

const { db } = await testDatabase();
const rule = observeFirst(giveVerdict);
let target: WatchedTarget;
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  target = await aWatchedTarget();
  ({ org, desk } = await aWatchedDesk(db, target));
  return () => target.close();
});
afterAll(closeConnectors);

const edited = { invoice: "INV-0001", amount: 900, currency: "EUR" };
const edit = (ctx: Context, review: string, args: JsonObject) =>
  rule(ctx, { params: { review }, body: { verdict: "edit", arguments: args } });
const approve = (ctx: Context, review: string) =>
  rule(ctx, { params: { review }, body: { verdict: "approve" } });
async function run() {
  const runner = executionRunner({ workerId: "worker:edited" });
  await runner.run(org.system);
  await runner.drain();
}
async function openReviewOf(id: string): Promise<string> {
  const open = and(eq(reviews.decisionId, id), eq(reviews.status, "open"));
  return (await db.select().from(reviews).where(open))[0]?.id ?? "";
}
const executionsOf = (id: string) =>
  db.select().from(executions).where(eq(executions.decisionId, id)).orderBy(executions.id);
/** Approved as edited, and returned because its target changed before anything was sent. */
async function returned() {
  const { id, reviewId } = await aDecision(db, org, desk);
  await edit(org.reviewer, reviewId ?? "", edited);
  target.state = { status: "open", refunded: 100 };
  await run();
  expect(target.sends).toEqual([]);
  return { id, reviewId: await openReviewOf(id) };
}

test("what comes back is what was approved, edits included, beside what changed and what was proposed", async () => {
  const { reviewId } = await returned();
  const view = await getReview(org.reviewer, { reviewId });
  expect(view).toMatchObject({
    returned: { code: "changed", changes: [{ pointer: "/refunded", before: 0, after: 100 }] },
    decision: { status: "in_review", arguments: { amount: 1800 }, edited_arguments: edited },
    amount: { amount: 900, currency: "EUR" },
    summary: expect.stringContaining("9.00"),
  });
});

test("approving it again signs and runs exactly that, never the proposal the person had put right", async () => {
  const { id, reviewId } = await returned();
  await approve(org.reviewer, reviewId);
  await run();
  expect(target.sends).toEqual([`exec_${id}_2`]);
  expect(await executionsOf(id)).toMatchObject([
    { status: "cancelled", arguments: edited, amount: 900 },
    { status: "succeeded", arguments: edited, amount: 900 },
  ]);
});

test("it may be edited once more, or put back to what was proposed; the same again is no edit", async () => {
  const { id, reviewId } = await returned();
  await expect(edit(org.reviewer, reviewId, edited)).rejects.toMatchObject({
    errors: [{ pointer: "/arguments", code: "unchanged" }],
  });
  await edit(org.reviewer, reviewId, { ...edited, amount: 1800 });
  expect((await executionsOf(id)).at(-1)).toMatchObject({ arguments: { amount: 1800 }, amount: 1800 });
});

test("declined, it says nothing of an edit that came to nothing", async () => {
  const { id, reviewId } = await returned();
  await rule(org.reviewer, { params: { review: reviewId }, body: { verdict: "decline", note: "Too late" } });
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
  expect(decision).toMatchObject({ status: "declined", editedArguments: null });
});

test("under two approvals, whoever made the edit is still kept from approving it when it comes back", async () => {
  const [bo, cleo] = [await org.person("reviewer"), await org.person("reviewer")];
  const stages = [{ name: "Two reviewers", minimum: 2 }];
  await createApprovalRule(
    org.admin,
    ApprovalRuleInput.parse({ name: "Two people", queue: desk.queue, stages }),
  );
  const { id, reviewId } = await aDecision(db, org, desk);
  await edit(org.reviewer, reviewId ?? "", edited);
  await approve(bo, await openReviewOf(id));
  await approve(cleo, await openReviewOf(id));
  target.state = { status: "open", refunded: 100 };
  await run();
  const again = await openReviewOf(id);
  expect(await getReview(bo, { reviewId: again })).toMatchObject({
    decision: { edited_arguments: edited },
    approvals: { missing: 2 },
  });
  await expect(approve(org.reviewer, again)).rejects.toMatchObject({ code: "own_edit" });
  await approve(bo, again);
  await approve(cleo, await openReviewOf(id));
  expect((await executionsOf(id)).at(-1)).toMatchObject({ status: "pending", arguments: edited });
  const words = await db.select().from(approvals).where(eq(approvals.decisionId, id));
  expect(words.filter(({ voidedAt }) => voidedAt !== null).map(({ verdict }) => verdict)).toEqual([
    "approve",
    "approve",
  ]);
});
