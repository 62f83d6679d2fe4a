import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import type { Verdict } from "@/lib/kernel/statuses";
import { newId } from "@/lib/kernel/ids";
import { rememberRulings } from "./remember-rulings";
import { similarDecisions } from "./similar-decisions";
import { forgetShares } from "./word-shares";

const { db } = await testDatabase();
beforeEach(forgetShares);

type Columns = Parameters<typeof aDecision>[3];

async function aDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const asked = (message: string, columns: Columns = {}) =>
    aDecision(db, org, desk, { input: { message }, ...columns });
  /** A decision that a person ruled on; minutes ago, so that the order is plain. */
  const ruled = async (message: string, verdict: Verdict, columns: Columns = {}, minutes = 10) => {
    const { id, reviewId } = await asked(message, columns);
    await rule(id, reviewId, verdict, minutes);
    return id;
  };
  const rule = async (id: string, reviewId: string | null, verdict: Verdict, minutes: number) => {
    const at = new Date(Date.now() - minutes * 60_000);
    const by = `user:${org.reviewer.actor.id}`;
    await db
      .update(schema.reviews)
      .set({ status: "resolved", verdict, resolvedBy: by, resolvedAt: at })
      .where(eq(schema.reviews.id, reviewId ?? ""));
    // Any final status: the ruling itself stands on the review.
    await db.update(schema.decisions).set({ status: "cancelled" }).where(eq(schema.decisions.id, id));
  };
  const similar = (decision: string, ctx = org.reviewer, limit = 5) =>
    similarDecisions(ctx, { params: { decision }, query: { limit } });
  return { org, desk, asked, ruled, rule, similar };
}

test("rulings are remembered once, and found by their words, nearest first", async () => {
  const { org, asked, ruled, similar } = await aDesk();
  const twice = await ruled("My umbrella order was charged twice", "approve");
  const late = await ruled("The umbrella came late", "decline");
  await ruled("Please reschedule the seminar", "decline");
  expect(await rememberRulings(org.system)).toBe(3);
  expect(await rememberRulings(org.system)).toBe(0);

  const { id } = await asked("An umbrella, charged twice again");
  const { data, hidden } = await similar(id);
  expect(hidden).toBe(false);
  expect(data.slice(0, 2).map(({ decision_id }) => decision_id)).toEqual([twice, late]);
  expect(data[0]).toMatchObject({
    verdict: "approve",
    reviewer_role: "reviewer",
    summary: "Refund €18.00 on invoice INV-0001",
    differs: [],
  });
});

test("what differs, the outcome and the same subject are told", async () => {
  const { org, desk, asked, ruled, similar } = await aDesk();
  const subject = { subjectType: "customer", subjectId: "cus_1" };
  const args = { invoice: "INV-0002", amount: 1800, currency: "EUR" };
  const before = await ruled("Seminar cancelled", "decline", { ...subject, arguments: args });
  await db
    .update(schema.decisions)
    .set({ truth: "positive", truthSource: "outcome", truthPi: 1 })
    .where(eq(schema.decisions.id, before));
  await rememberRulings(org.system);
  const { id } = await asked("Wholly other words", subject);
  const { data } = await similar(id);
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({
    decision_id: before,
    same_subject: true,
    outcome: { truth: "positive", source: "outcome" },
    differs: [{ field: "invoice", here: "INV-0001", there: "INV-0002" }],
  });
  const other = await aRefundDesk(db, org);
  const { id: elsewhere } = await aDecision(db, org, other, {
    input: { message: "Seminar cancelled" },
    ...subject,
  });
  expect((await similar(elsewhere)).data, `another type than ${desk.type}`).toEqual([]);
});

test("a case that is ruled again is remembered as it was ruled last", async () => {
  const { org, desk, asked, ruled, rule, similar } = await aDesk();
  const again = await ruled("Umbrella broken", "approve", {}, 10);
  await rememberRulings(org.system);
  const second = newId("review");
  await db.insert(schema.reviews).values({
    id: second,
    orgId: org.orgId,
    decisionId: again,
    appId: desk.app,
    typeId: desk.type,
    queueId: desk.queue,
    kind: "second",
  });
  await rule(again, second, "decline", 5);
  expect(await rememberRulings(org.system)).toBe(1);
  const { id } = await asked("Umbrella broken");
  expect((await similar(id)).data).toMatchObject([{ decision_id: again, verdict: "decline" }]);
});

test("while a review is blind a person sees which cases are alike, not how they were ruled", async () => {
  const { org, asked, ruled, similar, desk } = await aDesk();
  await ruled("Umbrella broken", "decline");
  await rememberRulings(org.system);
  const { id, reviewId } = await asked("Umbrella broken");
  await db
    .update(schema.reviews)
    .set({ blind: true })
    .where(eq(schema.reviews.id, reviewId ?? ""));
  const blind = await similar(id);
  expect(blind).toMatchObject({ hidden: true, data: [{ verdict: null, outcome: null, execution: null }] });
  const app = await org.keyOf(desk.app, ["decisions:read"]);
  expect(await similar(id, app)).toMatchObject({ hidden: false, data: [{ verdict: "decline" }] });
  await db
    .update(schema.reviews)
    .set({ stagedVerdict: "approve", stagedBy: `user:${org.reviewer.actor.id}` })
    .where(eq(schema.reviews.id, reviewId ?? ""));
  expect(await similar(id)).toMatchObject({ hidden: false, data: [{ verdict: "decline" }] });
});

test("an app's key sees rulings of its own app only, and a key without the scope nothing", async () => {
  const { org, desk, asked, ruled, similar } = await aDesk();
  await ruled("Umbrella broken", "decline");
  await rememberRulings(org.system);
  const { id } = await asked("Umbrella broken");
  const other = await aRefundDesk(db, org);
  const stranger = await org.keyOf(other.app, ["decisions:read"]);
  await expect(similar(id, stranger)).rejects.toMatchObject({ kind: "not_found" });
  const deaf = await org.keyOf(desk.app, ["feedback:write"]);
  await expect(similar(id, deaf)).rejects.toMatchObject({ kind: "forbidden" });
  const elsewhere = await anOrg(db);
  await expect(similar(id, elsewhere.reviewer)).rejects.toMatchObject({ kind: "not_found" });
});

test("only the worker remembers, and a decision that is not ruled yet is not remembered", async () => {
  const { org, asked } = await aDesk();
  await asked("Umbrella broken");
  expect(await rememberRulings(org.system)).toBe(0);
  await expect(rememberRulings(org.reviewer)).rejects.toMatchObject({ kind: "forbidden" });
});

test("hostile words are words: no sign of a query's grammar gets into it", async () => {
  const { org, asked, ruled, similar } = await aDesk();
  const odd = "umbrella & | ! ( ) :* <-> 'quoted\\' \"double\" \u0000".replace("\u0000", "");
  await ruled(odd, "approve");
  await rememberRulings(org.system);
  const { id } = await asked(odd);
  expect((await similar(id)).data).toHaveLength(1);
});
