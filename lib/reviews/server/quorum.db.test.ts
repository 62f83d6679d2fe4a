import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { claimNextReview } from "./claim-next-review";
import { commitDueVerdicts } from "./commit-due-verdicts";
import { resolveReview } from "./resolve-review";
import { stageVerdict } from "./stage-verdict";
import { minutesFromNow, setReview, storedDecision, storedReview, traces } from "./testing";
import { aRuledReview, joins, makeRule, named } from "./testing-four-eyes";
import { deleteApprovalRule, updateApprovalRule } from "./update-approval-rule";

const { db } = await testDatabase();

test("two approvals: the first passes it on, the second carries it out, and each is on record", async () => {
  const { ana, bo, approve, decisionId, reviewId } = await aRuledReview(db);
  const first = await approve(ana);
  expect(first).toMatchObject({ decisionStatus: "awaiting_second", executionId: null });
  expect(await storedDecision(db, decisionId)).toMatchObject({
    status: "awaiting_second",
    decidedBy: null,
    truth: null,
  });
  expect(await storedReview(db, first.nextReviewId ?? "")).toMatchObject({
    kind: "second",
    status: "open",
    stage: 1,
    approvalsNeeded: 1,
    approvalRule: { name: "Two people" },
  });
  const second = await approve(bo, first.nextReviewId ?? "");
  expect(second).toMatchObject({ decisionStatus: "approved", nextReviewId: null });
  const left = await traces(db, decisionId, reviewId);
  expect(left.executions).toMatchObject([{ id: second.executionId, status: "pending" }]);
  expect(left.labels).toMatchObject([{ truth: "positive", actor: named(bo) }]);
  expect(left.events).toEqual([
    "decision.awaiting_second",
    "review.resolved",
    "review.opened",
    "decision.approved",
    "review.resolved",
  ]);
  const words = await db.select().from(schema.approvals).where(eq(schema.approvals.decisionId, decisionId));
  expect(words).toMatchObject([
    { actor: named(ana), stage: 1, verdict: "approve", digest: left.executions[0]?.actionDigest },
    { actor: named(bo), stage: 1, verdict: "approve", voidedAt: null },
  ]);
});

test("of two second approvers at once, one carries it out: exactly one execution", async () => {
  for (let round = 0; round < 5; round++) {
    const { ana, bo, cleo, approve, live, decisionId, reviewId } = await aRuledReview(db);
    await approve(ana);
    const second = await live();
    const both = await Promise.allSettled([approve(bo, second), approve(cleo, second)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "review_already_resolved" },
    });
    expect((await traces(db, decisionId, reviewId)).executions).toHaveLength(1);
  }
});

test("stages follow each other, and a stand-in approves in the name of who lent", async () => {
  const world = await aRuledReview(db, { stages: null });
  const { ana, bo, cleo, approve, lend, live, decisionId } = world;
  await makeRule(db, world, [
    { name: "Anybody", minimum: 1 },
    { name: "Bo signs", minimum: 1, members: [bo.actor.id] },
  ]);
  const { id: delegation } = await lend(bo, cleo);
  await approve(ana);
  const second = await live();
  expect(await storedReview(db, second)).toMatchObject({ stage: 2, approvalsNeeded: 1 });
  await approve(cleo, second);
  const words = await db.select().from(schema.approvals).where(eq(schema.approvals.decisionId, decisionId));
  expect(words[1]).toMatchObject({
    actor: named(cleo),
    stage: 2,
    onBehalfOf: named(bo),
    delegationId: delegation,
  });
  expect((await storedDecision(db, decisionId)).status).toBe("approved");
});

test("an edit voids what was approved and starts again; an old approval counts for nothing", async () => {
  const { ana, bo, cleo, approve, edit, live, decisionId, org } = await aRuledReview(db);
  await approve(ana);
  await edit(bo, 900, await live());
  expect(await storedDecision(db, decisionId)).toMatchObject({
    status: "awaiting_second",
    editedArguments: { amount: 900 },
    actionDigest: null,
  });
  await approve(cleo, await live());
  expect((await storedDecision(db, decisionId)).status).toBe("awaiting_second");
  // Who approved before the change may approve what it is now.
  const { executionId } = await approve(ana, await live());
  const [execution] = await db
    .select()
    .from(schema.executions)
    .where(eq(schema.executions.id, executionId ?? ""));
  expect(execution).toMatchObject({ arguments: { amount: 900 }, amount: 900 });
  const words = await db
    .select()
    .from(schema.approvals)
    .where(eq(schema.approvals.decisionId, decisionId))
    .orderBy(schema.approvals.id);
  expect(words.map(({ actor, verdict, voidedAt }) => [actor, verdict, voidedAt !== null])).toEqual([
    [named(ana), "approve", true],
    [named(bo), "edit", false],
    [named(cleo), "approve", false],
    [named(ana), "approve", false],
  ]);
  expect(org.orgId).toBe(execution?.orgId);
});

test("what was approved for the connector as it was does not count for what it is", async () => {
  const { ana, bo, cleo, approve, live, desk, decisionId } = await aRuledReview(db);
  await approve(ana);
  await db
    .update(schema.connectors)
    .set({ version: sql`version + 1` })
    .where(eq(schema.connectors.id, desk.connector));
  await approve(bo, await live());
  expect((await storedDecision(db, decisionId)).status).toBe("awaiting_second");
  await approve(cleo, await live());
  expect((await storedDecision(db, decisionId)).status).toBe("approved");
});

test.each(["ana", "bo"] as const)("any decline declines, also by who approved before: %s", async (who) => {
  const world = await aRuledReview(db);
  await world.approve(world.ana);
  await world.decline(world[who], await world.live());
  expect((await storedDecision(db, world.decisionId)).status).toBe("declined");
  expect((await traces(db, world.decisionId, world.reviewId)).executions).toEqual([]);
});

test("a rule that was weakened, switched off or removed still holds for what was submitted before", async () => {
  const { ana, approve, rule, org, decisionId, more } = await aRuledReview(db);
  await db.execute(sql`update decisions set created_at = now() where id = ${decisionId}`);
  await updateApprovalRule(org.admin, { rule: rule?.id ?? "", version: 1, enabled: false });
  await deleteApprovalRule(org.admin, { rule: rule?.id ?? "" });
  expect(await approve(ana)).toMatchObject({ decisionStatus: "awaiting_second" });
  const later = await more();
  expect(await approve(ana, later.reviewId)).toMatchObject({ decisionStatus: "approved" });
});

test("passing a review on to another queue takes it from under no rule", async () => {
  const { ana, approve, org, reviewId } = await aRuledReview(db);
  const queueId = "que_elsewhere";
  await db
    .insert(schema.queues)
    .values({ id: queueId, orgId: org.orgId, key: "elsewhere", name: "Elsewhere" });
  await setReview(db, reviewId, { queueId });
  expect(await approve(ana)).toMatchObject({ decisionStatus: "awaiting_second" });
});

test("the database approves nothing with fewer people than its rule asks", async () => {
  const { ana, approve, decisionId, desk } = await aRuledReview(db);
  // A type with nothing to carry out: the other guard, that an approval has its execution, is silent.
  await db.update(schema.decisionTypes).set({ actionId: null }).where(eq(schema.decisionTypes.id, desk.type));
  await approve(ana);
  const forced = db.execute(
    sql`update decisions set status = 'approved', decided_by = ${named(ana)}, action_digest = 'd' where id = ${decisionId}`,
  );
  await expect(forced).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/needs 2 approvals and has 0/) },
  });
  expect((await storedDecision(db, decisionId)).status).toBe("awaiting_second");
});

test("a staged second approval of somebody who is no reviewer any more takes no effect: it opens again", async () => {
  const { ana, bo, approve, live, org, decisionId } = await aRuledReview(db);
  await approve(ana);
  const second = await live();
  await stageVerdict(bo, { reviewId: second, ruling: { verdict: "approve" } });
  await setReview(db, second, { effectiveAt: minutesFromNow(-1) });
  await db.update(schema.users).set({ role: "auditor" }).where(eq(schema.users.id, bo.actor.id));
  expect(await commitDueVerdicts(org.system)).toEqual({ committed: 0, reopened: 1 });
  expect(await storedReview(db, second)).toMatchObject({ status: "open", stagedVerdict: null });
  expect((await storedDecision(db, decisionId)).status).toBe("awaiting_second");
});

test("a lead may break the glass once too few are left, with a reason, in the open", async () => {
  const world = await aRuledReview(db);
  await joins(db, world, world.ana, "lead");
  const done = await resolveReview(world.ana, {
    reviewId: world.reviewId,
    ruling: { verdict: "approve", break_glass: "Everybody else is on leave" },
  });
  expect(done).toMatchObject({ decisionStatus: "approved" });
  const left = await traces(db, world.decisionId, world.reviewId);
  expect(left.executions).toHaveLength(1);
  expect(left.events).toContain("review.break_glass");
  const [word] = await db
    .select()
    .from(schema.approvals)
    .where(eq(schema.approvals.decisionId, world.decisionId));
  expect(word).toMatchObject({ actor: named(world.ana), breakGlass: "Everybody else is on leave" });
});

test("a second review is handed to who may give the approval, not to who gave the first", async () => {
  const { ana, bo, approve, live } = await aRuledReview(db);
  await approve(ana);
  const second = await live();
  expect(await claimNextReview(ana, { exclude: [] })).toEqual({ review: null });
  expect((await claimNextReview(bo, { exclude: [] })).review).toMatchObject({ id: second });
});

test("whom a stage leaves out is not handed it, and approves it neither themselves nor for somebody else", async () => {
  const world = await aRuledReview(db, { stages: null });
  const { ana, bo, cleo, approve, decline } = world;
  await makeRule(db, world, [
    { name: "Anybody", minimum: 1 },
    { name: "Not Bo", minimum: 1, excluded: [bo.actor.id] },
  ]);
  const second = (await approve(ana)).nextReviewId ?? "";
  expect(await claimNextReview(bo, { exclude: [] })).toEqual({ review: null });
  await world.lend(cleo, bo);
  await expect(approve(bo, second)).rejects.toMatchObject({ code: "excluded_person" });
  expect((await claimNextReview(cleo, { exclude: [] })).review).toMatchObject({
    id: second,
    approvals: { stages: [{ excluded: [] }, { excluded: [{ id: bo.actor.id }] }] },
  });
  // Anybody can say no.
  expect(await decline(cleo, second)).toMatchObject({ decisionStatus: "declined" });
});
