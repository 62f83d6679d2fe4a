import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision } from "@/db/testing-fixtures";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { listDecisionRows } from "@/lib/decisions/server/list-decision-rows";
import { listDecisions } from "@/lib/decisions/server/list-decisions";
import { DecisionFilter } from "@/lib/decisions/schema";
import { rowsOf } from "@/lib/server/rows";
import { getReview } from "./get-review";
import { claimNextReview } from "./claim-next-review";
import { markGold } from "./mark-gold";
import { measureArrivals } from "./measure-arrivals";
import { measureRulings } from "./measure-rulings";
import { settleMeasures } from "./settle-measures";
import { aKnownDecision, aMeasuredQueue, measuresOf, rules } from "./testing-measures";

const { db } = await testDatabase();

/** One gold copy in the queue, beside the arrival it was drawn for. */
async function aCopy() {
  const queue = await aMeasuredQueue(db, { gold: 1 });
  const { org, desk, lead } = queue;
  const known = await aKnownDecision(db, org, desk);
  await markGold(lead, { params: { queue: queue.queue }, body: { decision_id: known.id } });
  const arrival = await aDecision(db, org, desk, { externalId: "app-1", rationale: "Late parcel" });
  expect(await measureArrivals(org.system)).toBe(1);
  const [copy] = await measuresOf(db, org.orgId);
  if (!copy || arrival.reviewId === null) throw new Error("no copy was put");
  return { ...queue, known, arrival: { ...arrival, reviewId: arrival.reviewId }, copy };
}

test("a copy of a known answer joins the queue once for each arrival that draws it, however many workers", async () => {
  const { org, copy, known } = await aCopy();
  expect(copy).toMatchObject({ kind: "gold", source: known.id });
  const again = await Promise.all([measureArrivals(org.system), measureArrivals(org.system)]);
  expect(again).toEqual([0, 0]);
  expect(await measuresOf(db, org.orgId)).toHaveLength(1);
});

test("two workers never put two copies of one answer, whatever arrives", async () => {
  const { org, desk, lead, queue } = await aMeasuredQueue(db, { gold: 1 });
  const known = await aKnownDecision(db, org, desk);
  await markGold(lead, { params: { queue }, body: { decision_id: known.id } });
  for (let index = 0; index < 4; index += 1) await aDecision(db, org, desk);
  const put = await Promise.all([
    measureArrivals(org.system),
    measureArrivals(org.system),
    measureArrivals(org.system),
  ]);
  expect(put.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await measuresOf(db, org.orgId)).toHaveLength(1);
});

test("nothing that a reviewer sees tells a copy from an arrival", async () => {
  const { ana, copy, arrival, known } = await aCopy();
  const [real, fake] = [
    await getReview(ana, { reviewId: arrival.reviewId }),
    await getReview(ana, { reviewId: copy.review_id }),
  ];
  expect(Object.keys(fake).toSorted()).toEqual(Object.keys(real).toSorted());
  expect(Object.keys(fake.decision).toSorted()).toEqual(Object.keys(real.decision).toSorted());
  expect(JSON.stringify(fake)).not.toMatch(/measure|gold|copy/i);
  expect(JSON.stringify(fake)).not.toContain(known.id);
  expect(fake).toMatchObject({
    kind: real.kind,
    status: real.status,
    queue: real.queue,
    action: real.action,
    deliberate: real.deliberate,
    route: real.route,
    proposer: null,
    subject: { type: "customer", id: "cus_1", url: "https://shop.example/customers/1" },
  });
  expect(fake.decision.external_id).not.toBeNull();
  const span = (view: typeof fake) => Date.parse(view.due_at) - Date.parse(view.opened_at);
  expect(Math.abs(span(fake) - span(real))).toBeLessThan(2000);
  expect(Math.abs(Date.parse(fake.opened_at) - Date.now())).toBeLessThan(60_000);
  // The fixture writes its decision by hand, without the event of its arrival.
  expect(fake.history.map(({ type }) => type)).toEqual(["decision.created"]);
  const rows = await listDecisionRows(ana, {});
  expect(rows.data.map(({ id }) => id)).toContain(copy.decision_id);
});

test("approving a copy carries nothing out, labels nothing, and reads as any approval does", async () => {
  const { ana, copy } = await aCopy();
  const answer = await rules(ana, copy.review_id, "approve");
  expect(answer).toMatchObject({ status: "resolved", verdict: "approve", decision_status: "approved" });
  const [left] = await rowsOf<{
    executions: number;
    labels: number;
    truth: string | null;
    precedents: number;
  }>(
    db,
    sql`select (select count(*)::int from executions e where e.decision_id = d.id) as executions,
      (select count(*)::int from labels l where l.decision_id = d.id) as labels, d.truth,
      (select count(*)::int from precedents p where p.decision_id = d.id) as precedents
      from decisions d where d.id = ${copy.decision_id}`,
  );
  expect(left).toEqual({ executions: 0, labels: 0, truth: null, precedents: 0 });
});

test("the database refuses an execution of a copy, a truth for it, and that it stops being one", async () => {
  const { ana, copy, desk, org } = await aCopy();
  await rules(ana, copy.review_id, "approve");
  const run = (statement: ReturnType<typeof sql>) =>
    rowsOf(db, statement).then(
      () => "done",
      (error: unknown) =>
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error),
    );
  const forged = sql`insert into executions (id, org_id, decision_id, app_id, connector_id, action_id, connector_class,
      connector_version, action_key, arguments, action_digest, approval_nonce)
    select 'exe_forged' || substr(d.id, 5), ${org.orgId}, d.id, d.app_id, ${desk.connector}, ${desk.action}, 'A', 1,
      'exec_' || d.id, d.arguments, d.action_digest, d.approval_nonce from decisions d where d.id = ${copy.decision_id}`;
  expect(await run(forged)).toMatch(/is a measure; it carries nothing out/);
  expect(await run(sql`update decisions set measure = false where id = ${copy.decision_id}`)).toMatch(
    /stays one/,
  );
  expect(
    await run(
      sql`update decisions set truth = 'positive', truth_source = 'review', truth_pi = 1 where id = ${copy.decision_id}`,
    ),
  ).toMatch(/decisions_measure_check/);
});

test("apps and admins have no copy in their lists; the app's key does not even find it", async () => {
  const { org, desk, copy } = await aCopy();
  const key = await org.keyOf(desk.app, ["decisions:read", "decisions:cancel"]);
  const query = DecisionFilter.parse({});
  for (const ctx of [key, org.admin, org.auditor]) {
    const { data } = await listDecisions(ctx, { query });
    expect(data.map(({ id }) => id)).not.toContain(copy.decision_id);
    expect((await listDecisionRows(ctx, {})).data.map(({ id }) => id)).not.toContain(copy.decision_id);
  }
  await expect(getDecision(key, { params: { decision: copy.decision_id } })).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("whoever ruled on it, marked it or leads the queue is never asked, nor sees it", async () => {
  const queue = await aMeasuredQueue(db, { gold: 1 });
  const { org, desk, lead, ana, ben } = queue;
  const known = await aKnownDecision(db, org, desk, { decidedBy: `user:${ana.actor.id}` });
  await markGold(lead, { params: { queue: queue.queue }, body: { decision_id: known.id } });
  const arrival = await aDecision(db, org, desk);
  await measureArrivals(org.system);
  const [copy] = await measuresOf(db, org.orgId);
  const exclude = arrival.reviewId === null ? [] : [arrival.reviewId];
  for (const ctx of [lead, ana]) {
    expect(await claimNextReview(ctx, { exclude })).toEqual({ review: null });
    await expect(getReview(ctx, { reviewId: copy?.review_id ?? "" })).rejects.toMatchObject({
      kind: "not_found",
    });
    await expect(rules(ctx, copy?.review_id ?? "", "approve")).rejects.toMatchObject({ kind: "not_found" });
  }
  expect((await claimNextReview(ben, { exclude })).review?.id).toBe(copy?.review_id);
});

test("where everybody knows the answer, nothing is put", async () => {
  const { org, desk, lead, ana, ben, queue } = await aMeasuredQueue(db, { gold: 1 });
  const known = await aKnownDecision(db, org, desk, { decidedBy: `user:${ana.actor.id}` });
  await markGold(lead, { params: { queue }, body: { decision_id: known.id } });
  await db
    .update(schema.users)
    .set({ disabledAt: new Date() })
    .where(sql`id = ${ben.actor.id}`);
  await aDecision(db, org, desk);
  expect(await measureArrivals(org.system)).toBe(0);
});

test("a second look goes to somebody else, who knows nothing of the first; nothing is moved by it", async () => {
  const { org, desk, ana, ben } = await aMeasuredQueue(db, { double: 1 });
  const { id, reviewId } = await aDecision(db, org, desk);
  if (reviewId === null) throw new Error("no review");
  await rules(ana, reviewId, "approve");
  expect(await measureRulings(org.system)).toBe(1);
  expect(await measureRulings(org.system)).toBe(0);
  const [copy] = await measuresOf(db, org.orgId);
  await expect(rules(ana, copy?.review_id ?? "", "approve")).rejects.toMatchObject({ kind: "not_found" });
  await rules(ben, copy?.review_id ?? "", "decline");
  expect(await settleMeasures(org.system)).toBe(1);
  const [stored] = await db
    .select()
    .from(schema.measures)
    .where(sql`id = ${copy?.id}`);
  expect(stored).toMatchObject({
    kind: "double",
    expected: "approve",
    firstReviewer: `user:${ana.actor.id}`,
    reviewer: `user:${ben.actor.id}`,
    verdict: "decline",
    probability: 1,
  });
  expect(stored?.dwellMs).toBeGreaterThanOrEqual(0);
  const [original] = await db
    .select()
    .from(schema.decisions)
    .where(sql`id = ${id}`);
  expect(original).toMatchObject({ status: "approved" });
  // A copy is never copied.
  expect(await measureRulings(org.system)).toBe(0);
});

test("a copy that nobody answered in time is closed without an answer", async () => {
  const { org, copy } = await aCopy();
  await db
    .update(schema.reviews)
    .set({ status: "expired", resolvedAt: new Date(), resolvedBy: "system:clock" })
    .where(sql`id = ${copy.review_id}`);
  expect(await settleMeasures(org.system)).toBe(1);
  const [stored] = await db
    .select()
    .from(schema.measures)
    .where(sql`id = ${copy.id}`);
  expect(stored).toMatchObject({ verdict: null, reviewer: null });
  expect(stored?.answeredAt).not.toBeNull();
});

test("a rate of nothing draws nothing, and old arrivals are let go", async () => {
  const { org, desk, lead, queue } = await aMeasuredQueue(db, { gold: 0 });
  const known = await aKnownDecision(db, org, desk);
  await markGold(lead, { params: { queue }, body: { decision_id: known.id } });
  await aDecision(db, org, desk);
  expect(await measureArrivals(org.system)).toBe(0);
  await db
    .update(schema.queues)
    .set({ goldRate: 1 })
    .where(sql`id = ${queue}`);
  const later = { ...org.system, now: new Date(Date.now() + 3_600_000) };
  expect(await measureArrivals(later)).toBe(0);
});
