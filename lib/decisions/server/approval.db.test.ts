import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { connectorActions, decisions, decisionTypes, executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { inTransaction, type Context } from "@/lib/server/context";
import { actionDigest } from "./digest";
import { moveDecision } from "./move-decision";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});
const approve = (decisionId: string, ctx: Context = org.reviewer) =>
  inTransaction(ctx, (ctx) => moveDecision(ctx, { decisionId, from: ["in_review"], to: "approved" }));
const decisionOf = async (id: string) => (await db.select().from(decisions).where(eq(decisions.id, id)))[0];
const executionsOf = (id: string) => db.select().from(executions).where(eq(executions.decisionId, id));
/** The database's own words, which Drizzle wraps. */
const saying = (words: string) => ({ cause: { message: expect.stringContaining(words) } });

test("an approval has a nonce and an end; the one execution it makes carries both, and what it moves", async () => {
  await db.update(decisionTypes).set({ approvalTtlMinutes: 90 }).where(eq(decisionTypes.id, desk.type));
  const { id } = await aDecision(db, org, desk);
  await approve(id);
  const decision = await decisionOf(id);
  expect(decision).toMatchObject({ status: "approved", approvals: 1 });
  expect(decision?.approvalNonce).toMatch(/^[0-9a-f]{32}$/);
  expect((decision?.approvalExpiresAt?.getTime() ?? 0) - (decision?.decidedAt?.getTime() ?? 0)).toBe(
    5_400_000,
  );
  const [execution] = await executionsOf(id);
  expect(execution).toMatchObject({
    approvalNonce: decision?.approvalNonce,
    executeBefore: decision?.approvalExpiresAt,
    actionDigest: decision?.actionDigest,
    actionKey: `exec_${id}`,
    amount: 1800,
    currency: "EUR",
    heldUntil: null,
  });
});

test("of two approvals at once one creates an execution, the other is told", async () => {
  for (let round = 0; round < 20; round++) {
    const { id } = await aDecision(db, org, desk);
    const both = await Promise.allSettled([approve(id), approve(id)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
    expect(await executionsOf(id)).toHaveLength(1);
  }
});

test("what moves is the amount that runs, not the one that was proposed", async () => {
  const { id } = await aDecision(db, org, desk);
  await inTransaction(org.reviewer, (ctx) =>
    moveDecision(ctx, {
      decisionId: id,
      from: ["in_review"],
      to: "approved",
      editedArguments: { invoice: "INV-0001", amount: 500, currency: "USD" },
    }),
  );
  expect(await executionsOf(id)).toMatchObject([
    { amount: 500, currency: "USD", arguments: { amount: 500 } },
  ]);
});

test("a held action waits; its approval lives as much longer", async () => {
  await db
    .update(connectorActions)
    .set({ config: sql`config || '{"hold_seconds": 300}'` })
    .where(eq(connectorActions.id, desk.action));
  const { id } = await aDecision(db, org, desk);
  await approve(id);
  const decision = await decisionOf(id);
  const [execution] = await executionsOf(id);
  const since = (at: Date | null | undefined) => (at?.getTime() ?? 0) - (decision?.decidedAt?.getTime() ?? 0);
  expect(since(execution?.heldUntil)).toBe(300_000);
  expect(execution?.nextAt).toEqual(execution?.heldUntil);
  expect(since(decision?.approvalExpiresAt)).toBe(86_400_000 + 300_000);
  // Whoever claims it early is stopped by the database itself.
  await expect(
    db
      .update(executions)
      .set({ status: "in_flight", fence: 1, attempt: 1 })
      .where(eq(executions.decisionId, id)),
  ).rejects.toMatchObject(saying("is held until"));
});

function stolen(id: string, columns: Partial<typeof executions.$inferInsert>) {
  const args: JsonObject = { invoice: "INV-0001", amount: 1800, currency: "EUR" };
  return {
    id: newId("execution"),
    orgId: org.orgId,
    decisionId: id,
    appId: desk.app,
    connectorId: desk.connector,
    actionId: desk.action,
    connectorClass: "A" as const,
    connectorVersion: 1,
    actionKey: `exec_${id}_again`,
    arguments: args,
    actionDigest: actionDigest({
      decisionId: id,
      actionId: desk.action,
      connectorId: desk.connector,
      connectorVersion: 1,
      arguments: args,
    }),
    ...columns,
  };
}

test("an approval is used once: a second execution, another nonce or a lapsed one are refused by the database", async () => {
  const { id } = await aDecision(db, org, desk);
  await approve(id);
  const nonce = (await decisionOf(id))?.approvalNonce ?? "";
  await expect(db.insert(executions).values(stolen(id, { approvalNonce: nonce }))).rejects.toMatchObject({
    cause: { constraint: "executions_one_action_per_decision" },
  });
  // Even beside a cancelled one, the nonce of the approval that was taken back is worth nothing.
  await inTransaction(org.system, (ctx) =>
    moveDecision(ctx, { decisionId: id, from: ["approved"], to: "in_review" }),
  );
  await expect(db.insert(executions).values(stolen(id, { approvalNonce: nonce }))).rejects.toMatchObject(
    saying("not approved for this digest"),
  );
  await approve(id);
  const again = (await decisionOf(id))?.approvalNonce;
  expect(again).not.toBe(nonce);
  await expect(db.insert(executions).values(stolen(id, { approvalNonce: nonce }))).rejects.toMatchObject(
    saying("its approval is another one, or has lapsed"),
  );
  await expect(
    db.update(decisions).set({ approvalNonce: nonce }).where(eq(decisions.id, id)),
  ).rejects.toMatchObject(saying("what was signed never changes"));
});

test("what an execution signed with cannot be changed afterwards", async () => {
  const { id } = await aDecision(db, org, desk);
  await approve(id);
  for (const change of [
    { approvalNonce: "0".repeat(32) },
    { executeBefore: new Date(Date.now() + 1e9) },
    { amount: 1 },
    { expectedState: { of: {}, values: {} } },
    { heldUntil: null, arguments: { invoice: "INV-9" } },
  ]) {
    await expect(
      db.update(executions).set(change).where(eq(executions.decisionId, id)),
    ).rejects.toMatchObject(saying("what was signed never changes"));
  }
});
