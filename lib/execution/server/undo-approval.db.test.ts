import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { connectorActions, decisions, executions, journal, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { cancelDecision } from "@/lib/intake/server/cancel-decision";
import { giveVerdict } from "@/lib/reviews/server/give-verdict";
import type { Context } from "@/lib/server/context";
import { returnToReview } from "./return-to-review";
import { executionRunner } from "./run-executions";
import { claimSome, executionRow } from "./testing";
import { undoApproval } from "./undo-approval";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});
const hold = (seconds: number) =>
  db
    .update(connectorActions)
    .set({ config: sql`config || ${JSON.stringify({ hold_seconds: seconds })}::jsonb` })
    .where(eq(connectorActions.id, desk.action));
async function approved() {
  const { id, reviewId } = await aDecision(db, org, desk);
  const { execution_id } = await giveVerdict(org.reviewer, {
    params: { review: reviewId ?? "" },
    body: { verdict: "approve" },
  });
  return { id, executionId: execution_id ?? "" };
}
const undo = (ctx: Context, decision: string) => undoApproval(ctx, { params: { decision } });

test("while it is held nothing is claimed, and any reviewer takes it back", async () => {
  await hold(600);
  const { id, executionId } = await approved();
  expect((await claimSome(org)).sends).toEqual([]);
  expect(await undo(await org.person("reviewer"), id)).toMatchObject({
    status: "cancelled",
    execution: { status: "cancelled" },
  });
  expect(await undo(org.admin, id)).toMatchObject({ status: "cancelled" });
  expect(await executionRow(db, executionId)).toMatchObject({ firstSentAt: null });
  const entries = await db.select().from(journal).where(eq(journal.subject, id));
  expect(entries.map(({ action }) => action)).toEqual(["decision.undone"]);
});

test("an app's key undoes it too, by undo or by cancel", async () => {
  await hold(600);
  const key = await org.keyOf(desk.app, ["decisions:cancel", "decisions:read"]);
  expect(await undo(key, (await approved()).id)).toMatchObject({ status: "cancelled" });
  const { id } = await approved();
  expect(await cancelDecision(key, { params: { decision: id } })).toMatchObject({ status: "cancelled" });
});

test("without a hold, once it is over, or in review, there is nothing to undo", async () => {
  const { id } = await approved();
  await expect(undo(org.reviewer, id)).rejects.toMatchObject({ kind: "conflict", code: "undo_window_over" });
  const open = await aDecision(db, org, desk);
  await expect(undo(org.reviewer, open.id)).rejects.toMatchObject({ code: "undo_window_over" });
  await hold(1);
  const soon = await approved();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await expect(undo(org.reviewer, soon.id)).rejects.toMatchObject({ code: "undo_window_over" });
  await expect(undo(org.auditor, soon.id)).rejects.toMatchObject({ kind: "forbidden" });
});

test("of an undo and a claim at the end of the hold one wins", async () => {
  await hold(1);
  const made = await Promise.all(Array.from({ length: 10 }, approved));
  const until = Date.now() + 2000;
  const claims = (async () => {
    while (Date.now() < until) await claimSome(org);
  })();
  const undone: boolean[] = [];
  for (const [at, { id }] of made.entries()) {
    await new Promise((resolve) => setTimeout(resolve, at * 20));
    undone.push(
      await undo(org.reviewer, id).then(
        () => true,
        () => false,
      ),
    );
  }
  await claims;
  for (const [at, { id, executionId }] of made.entries()) {
    const { status } = await executionRow(db, executionId);
    const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
    expect([decision?.status, status]).toEqual(
      undone[at] ? ["cancelled", "cancelled"] : ["approved", "in_flight"],
    );
  }
});

test("an approval that lapsed before anything was sent comes back to the one who gave it, and is never sent", async () => {
  const { id, executionId } = await approved();
  // As time would: the clock of a test cannot be moved, so the row is made as an approval of yesterday left it.
  await db.execute(sql`alter table executions disable trigger user`);
  await db.execute(
    sql`update executions set execute_before = now() - interval '1 minute' where id = ${executionId}`,
  );
  await db.execute(sql`alter table executions enable trigger user`);
  const runner = executionRunner({ workerId: "worker:late" });
  await runner.run(org.system);
  await runner.drain();
  expect(await executionRow(db, executionId)).toMatchObject({
    status: "cancelled",
    firstSentAt: null,
    attempt: 0,
  });
  const [review] = await db
    .select()
    .from(reviews)
    .where(sql`decision_id = ${id} and status = 'open'`);
  expect(review).toMatchObject({ returned: { code: "lapsed" }, assignedTo: expect.stringMatching(/^user:/) });
  expect(
    await returnToReview(org.system, { executionId, returned: { code: "lapsed", message: "", changes: [] } }),
  ).toBeNull();
  expect(await db.select().from(executions).where(eq(executions.decisionId, id))).toHaveLength(1);
});
