import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { ApprovalRuleInput } from "../approval-rules";
import { approvalState, getApprovalChain } from "./approval-state";
import { createApprovalRule } from "./create-approval-rule";
import { createDelegation, listDelegations, revokeDelegation } from "./delegations";
import { expireOverdueReviews } from "./expire-overdue-reviews";
import { getApprovalRule, listApprovalRules } from "./list-approval-rules";
import { minutesFromNow, setReview, storedDecision, storedReview } from "./testing";
import { aRuledReview, named } from "./testing-four-eyes";
import { deleteApprovalRule, updateApprovalRule } from "./update-approval-rule";

const { db } = await testDatabase();
const page = { limit: 25 };
const two = (more: object = {}) =>
  ApprovalRuleInput.parse({ name: "Two", stages: [{ name: "Any two", minimum: 2 }], ...more });
const soon = () => minutesFromNow(60).toISOString();

test("an admin says who must approve what; it is listed in the order it is asked, told and on record", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const later = await createApprovalRule(org.admin, two({ position: 5 }));
  const first = await createApprovalRule(
    org.admin,
    two({
      type: desk.typeKey,
      min_amount: 5000,
      stages: [{ name: "Rev", minimum: 1, members: [org.reviewer.actor.id] }],
    }),
  );
  expect(first).toMatchObject({
    type: { id: desk.type },
    currency: "EUR",
    min_amount: 5000,
    stages: [{ members: [{ id: org.reviewer.actor.id, name: expect.stringMatching(/^reviewer/) }] }],
  });
  const listed = await listApprovalRules(org.auditor, { limit: 1 });
  expect(listed).toMatchObject({ has_more: true, data: [{ id: first.id }] });
  expect(await listApprovalRules(org.auditor, { limit: 1, starting_after: first.id })).toMatchObject({
    has_more: false,
    data: [{ id: later.id }],
  });
  const events = await db.select().from(schema.events).where(eq(schema.events.subject, first.id));
  expect(events).toMatchObject([
    { type: "approval_rule.changed", data: { by: named(org.admin), did: "created" } },
  ]);
  const entries = await db.select().from(schema.journal).where(eq(schema.journal.subject, first.id));
  expect(entries.map(({ action }) => action)).toEqual(["approval_rule.created"]);
});

test("a change needs the version that was read, and what it was before is kept", async () => {
  const org = await anOrg(db);
  const { id } = await createApprovalRule(org.admin, two());
  await updateApprovalRule(org.admin, { rule: id, version: 1, enabled: false });
  await expect(updateApprovalRule(org.admin, { rule: id, version: 1, name: "B" })).rejects.toMatchObject({
    code: "stale_version",
  });
  await deleteApprovalRule(org.admin, { rule: id });
  await expect(getApprovalRule(org.admin, { rule: id })).rejects.toMatchObject({ kind: "not_found" });
  const kept = await db
    .select()
    .from(schema.approvalRuleVersions)
    .where(eq(schema.approvalRuleVersions.ruleId, id))
    .orderBy(schema.approvalRuleVersions.id);
  expect(kept.map(({ version, enabled }) => [version, enabled])).toEqual([
    [1, true],
    [2, false],
    [3, false],
  ]);
  await expect(db.delete(schema.approvalRuleVersions)).rejects.toThrow();
});

test.each([
  [
    "somebody who does not review",
    async (org: Org) => [{ name: "A", minimum: 1, members: [org.auditor.actor.id] }],
  ],
  ["nobody there", async () => [{ name: "A", minimum: 1, members: ["usr_nobody"] }]],
])("a stage cannot name or leave out %s", async (_title, stages) => {
  const org = await anOrg(db);
  const rule = createApprovalRule(org.admin, two({ stages: await stages(org) }));
  await expect(rule).rejects.toMatchObject({
    code: "validation_failed",
    errors: [{ pointer: "/stages/0/members" }],
  });
  const left = (await stages(org)).map(({ members, ...stage }) => ({ ...stage, excluded: members }));
  await expect(createApprovalRule(org.admin, two({ stages: left }))).rejects.toMatchObject({
    errors: [{ pointer: "/stages/0/excluded" }],
  });
});

test("only admins write rules, only people lend, and no key reads who stands in for whom", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const key = await org.keyOf(desk.app, ["decisions:read", "decisions:write"]);
  for (const ctx of [org.reviewer, org.auditor, key]) {
    await expect(createApprovalRule(ctx, two())).rejects.toMatchObject({ kind: "forbidden" });
  }
  const lending = { to: org.reviewer.actor.id, queue: null, reason: "Away", ends_at: soon() };
  for (const ctx of [org.admin, org.auditor, key, org.system]) {
    await expect(createDelegation(ctx, lending)).rejects.toMatchObject({ kind: "forbidden" });
  }
  await expect(listDelegations(key, { ...page, active: false })).rejects.toMatchObject({ kind: "forbidden" });
});

test("another organisation's rules, people and delegations are not there", async () => {
  const [org, other] = [await anOrg(db), await anOrg(db)];
  const rule = await createApprovalRule(org.admin, two());
  await expect(getApprovalRule(other.admin, { rule: rule.id })).rejects.toMatchObject({ kind: "not_found" });
  await expect(
    updateApprovalRule(other.admin, { rule: rule.id, version: 1, enabled: false }),
  ).rejects.toMatchObject({ kind: "not_found" });
  const lending = { to: other.reviewer.actor.id, queue: null, reason: "Away", ends_at: soon() };
  await expect(createDelegation(org.reviewer, lending)).rejects.toMatchObject({ code: "validation_failed" });
});

test("a reviewer lends for a while and ends it; nobody else's is theirs to end", async () => {
  const org = await anOrg(db);
  const [bo, cleo] = [await org.person("reviewer"), await org.person("reviewer")];
  const lending = { to: bo.actor.id, queue: null, reason: "On leave", ends_at: soon() };
  const lent = await createDelegation(org.reviewer, lending);
  expect(lent).toMatchObject({
    status: "active",
    from: { id: org.reviewer.actor.id },
    to: { id: bo.actor.id },
  });
  await expect(revokeDelegation(cleo, { delegation: lent.id })).rejects.toMatchObject({ kind: "not_found" });
  expect((await listDelegations(cleo, { ...page, active: false })).data).toEqual([]);
  expect((await listDelegations(bo, { ...page, active: true })).data).toHaveLength(1);
  expect(await revokeDelegation(org.reviewer, { delegation: lent.id })).toMatchObject({ status: "revoked" });
  expect((await listDelegations(bo, { ...page, active: true })).data).toEqual([]);
});

test.each([
  ["to oneself", (org: Org) => ({ to: org.reviewer.actor.id, ends_at: soon() })],
  ["into the past", (org: Org) => ({ to: org.auditor.actor.id, ends_at: minutesFromNow(-1).toISOString() })],
  ["to somebody who does not review", (org: Org) => ({ to: org.admin.actor.id, ends_at: soon() })],
])("nothing is lent %s", async (_title, to) => {
  const org = await anOrg(db);
  const lending = createDelegation(org.reviewer, { queue: null, reason: "Away", ...to(org) });
  await expect(lending).rejects.toMatchObject({ code: "validation_failed" });
});

test("nothing is lent for longer than thirty days", async () => {
  const org = await anOrg(db);
  const { actor } = await org.person("reviewer");
  const ends_at = minutesFromNow(31 * 24 * 60).toISOString();
  await expect(
    createDelegation(org.reviewer, { to: actor.id, queue: null, reason: "Away", ends_at }),
  ).rejects.toMatchObject({ errors: [{ pointer: "/ends_at" }] });
});

test("a review says who approved, what is still needed and why one may not", async () => {
  const { ana, bo, org, approve, live, decisionId } = await aRuledReview(db);
  await approve(ana);
  const second = await live();
  expect(await approvalState(ana, second)).toMatchObject({
    rule: { name: "Two people" },
    stages: [{ minimum: 2, given: 1 }],
    given: [{ by: { id: ana.actor.id }, verdict: "approve", voided_at: null }],
    missing: 1,
    refusal: { code: "already_approved" },
  });
  expect((await approvalState(bo, second)).refusal).toBeNull();
  expect((await approvalState(org.auditor, second)).refusal).toBeNull();
  await approve(bo, second);
  expect(await getApprovalChain(org.auditor, { decisionId })).toMatchObject({
    stages: [{ given: 2 }],
    given: [{ by: { id: ana.actor.id } }, { by: { id: bo.actor.id } }],
  });
});

test("time declines what waits for a second approval too, and never approves it", async () => {
  const { ana, approve, live, org, decisionId } = await aRuledReview(db, {
    autonomy: { onTimeout: "decline" },
  });
  await approve(ana);
  const second = await live();
  await setReview(db, second, { dueAt: minutesFromNow(-1) });
  expect(await expireOverdueReviews(org.system)).toMatchObject({ declined: 1 });
  expect((await storedDecision(db, decisionId)).status).toBe("declined");
  expect(await storedReview(db, second)).toMatchObject({ status: "expired" });
});

test("a way back takes every approval with it: nobody's old word approves it again", async () => {
  const { ana, bo, approve, live, org, decisionId } = await aRuledReview(db);
  await approve(ana);
  await approve(bo, await live());
  await db.transaction((tx) =>
    moveDecision({ ...org.system, db: tx }, { decisionId, from: ["approved"], to: "in_review" }),
  );
  const words = await db.select().from(schema.approvals).where(eq(schema.approvals.decisionId, decisionId));
  expect(words.every(({ voidedAt }) => voidedAt !== null)).toBe(true);
  await expect(
    db.execute(sql`update approvals set voided_at = null where decision_id = ${decisionId}`),
  ).rejects.toThrow();
});

type Org = Awaited<ReturnType<typeof anOrg>>;
