import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { getSubject } from "./get-subject";

const { db } = await testDatabase();
const subject = { subjectType: "customer", subjectId: "cus/1 ä" };
const params = { type: "customer", id: "cus/1 ä" };

async function aCustomer() {
  const org = await anOrg(db);
  const [desk, other] = [await aRefundDesk(db, org), await aRefundDesk(db, org)];
  const read = (ctx = org.reviewer, query: { limit?: number; starting_after?: string } = {}) =>
    getSubject(ctx, { params, query: { limit: 25, ...query } });
  return { org, desk, other, read };
}

test("all decisions of one customer stand together, newest first, across apps, with what was moved", async () => {
  const { org, desk, other, read } = await aCustomer();
  const paid = await aDecision(db, org, desk, { ...subject, status: "approved" });
  const { executionId } = paid;
  for (const columns of [{ status: "in_flight", fence: 1 }, { status: "succeeded" }] as const)
    await db
      .update(schema.executions)
      .set(columns)
      .where(eq(schema.executions.id, executionId ?? ""));
  const waiting = await aDecision(db, org, other, subject);
  await aDecision(db, org, other, { subjectType: "customer", subjectId: "somebody else" });

  const found = await read();
  expect(found.totals).toMatchObject({
    decisions: 2,
    apps: 2,
    waiting: 1,
    moved: [{ amount: 1800, currency: "EUR" }],
    taken_back: [],
  });
  expect(found.totals.by_status.toSorted((a, b) => a.status.localeCompare(b.status))).toEqual([
    { status: "approved", count: 1 },
    { status: "in_review", count: 1 },
  ]);
  expect(found.decisions.data.map(({ id }) => id)).toEqual([waiting.id, paid.id]);
  expect(found.decisions.data[0]).toMatchObject({ review_id: waiting.reviewId, execution: null });
  expect(found.decisions.data[1]).toMatchObject({ execution: { status: "succeeded" } });
});

test("pages go on where the last one ended", async () => {
  const { org, desk, read } = await aCustomer();
  const ids = [];
  for (let at = 0; at < 3; at += 1) ids.push((await aDecision(db, org, desk, subject)).id);
  const first = await read(undefined, { limit: 2 });
  expect(first.decisions).toMatchObject({ has_more: true, data: [{ id: ids[2] }, { id: ids[1] }] });
  const next = await read(undefined, { limit: 2, starting_after: ids[1] });
  expect(next.decisions).toMatchObject({ has_more: false, data: [{ id: ids[0] }] });
  expect(next.totals.decisions).toBe(3);
});

test("its address is the latest that an app gave", async () => {
  const { org, desk, other, read } = await aCustomer();
  await aDecision(db, org, desk, { ...subject, subjectUrl: "https://old.example/1" });
  expect(await read()).toMatchObject({ ...params, url: "https://old.example/1" });
  await aDecision(db, org, other, { ...subject, subjectUrl: "https://shop.example/1" });
  await aDecision(db, org, desk, subject);
  await aDecision(db, org, desk, {
    subjectType: "customer",
    subjectId: "other",
    subjectUrl: "https://no.example",
  });
  expect(await read()).toMatchObject({ url: "https://shop.example/1" });
});

test("nothing of the model's side is told, so that a blind review stays blind", async () => {
  const { org, desk, read } = await aCustomer();
  await aDecision(db, org, desk, { ...subject, confidence: 0.1234, rationale: "because" });
  expect(JSON.stringify(await read())).not.toMatch(/0\.1234|because|predicted/);
});

test("an app's key sees its own app only; another organisation and a deaf key see nothing", async () => {
  const { org, desk, other, read } = await aCustomer();
  await aDecision(db, org, desk, subject);
  await aDecision(db, org, other, subject);
  const own = await read(await org.keyOf(desk.app, ["decisions:read"]));
  expect(own.totals).toMatchObject({ decisions: 1, apps: 1 });
  await expect(read(await org.keyOf(desk.app, ["feedback:write"]))).rejects.toMatchObject({
    kind: "forbidden",
  });
  await expect(read((await anOrg(db)).reviewer)).rejects.toMatchObject({ kind: "not_found" });
});
