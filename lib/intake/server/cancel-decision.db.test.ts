import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { decisions, executions, journal, reviews } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Context } from "@/lib/server/context";
import { cancelDecision } from "./cancel-decision";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
let key: Context;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  key = await org.keyOf(desk.app, ["decisions:cancel", "decisions:read"]);
});
const cancel = (ctx: Context, decision: string) => cancelDecision(ctx, { params: { decision } });
const executionOf = async (id: string) =>
  (await db.select().from(executions).where(eq(executions.decisionId, id)))[0];

test("what waits for a person is taken back, its review with it, and the journal says so", async () => {
  const { id } = await aDecision(db, org, desk);
  expect(await cancel(key, id)).toMatchObject({ id, status: "cancelled", review: { status: "cancelled" } });
  const [review] = await db.select().from(reviews).where(eq(reviews.decisionId, id));
  expect(review?.verdict).toBeNull();
  expect(
    (await db.select().from(journal).where(eq(journal.subject, id))).map((entry) => entry.action),
  ).toEqual(["decision.cancelled"]);
});

test("what was approved and no worker has claimed is taken back with its execution", async () => {
  const { id } = await aDecision(db, org, desk, { status: "approved" });
  expect(await cancel(org.admin, id)).toMatchObject({
    status: "cancelled",
    execution: { status: "cancelled" },
  });
});

test("cancelling twice answers the same", async () => {
  const { id } = await aDecision(db, org, desk);
  const first = await cancel(key, id);
  expect(await cancel(key, id)).toEqual(first);
});

test("what a worker has claimed, or a person declined, is too late and stays as it is", async () => {
  const claimed = await aDecision(db, org, desk, { status: "approved" });
  await db
    .update(executions)
    .set({ status: "in_flight", fence: 1, attempt: 1 })
    .where(eq(executions.decisionId, claimed.id));
  await expect(cancel(key, claimed.id)).rejects.toMatchObject({
    kind: "conflict",
    code: "too_late_to_cancel",
  });
  expect((await executionOf(claimed.id))?.status).toBe("in_flight");
  const [still] = await db.select().from(decisions).where(eq(decisions.id, claimed.id));
  expect(still?.status).toBe("approved");
  const declined = await aDecision(db, org, desk, { status: "declined" });
  await expect(cancel(key, declined.id)).rejects.toMatchObject({ code: "too_late_to_cancel" });
});

test("of a cancel and a claim at the same moment exactly one wins", async () => {
  for (let round = 0; round < 20; round++) {
    const { id } = await aDecision(db, org, desk, { status: "approved" });
    const claim = db
      .update(executions)
      .set({ status: "in_flight", fence: round + 1, attempt: 1 })
      .where(eq(executions.decisionId, id));
    const [cancelled, claimed] = await Promise.allSettled([cancel(key, id), claim]);
    const execution = await executionOf(id);
    const [decision] = await db.select().from(decisions).where(eq(decisions.id, id));
    if (cancelled.status === "fulfilled") {
      expect(decision?.status).toBe("cancelled");
      expect(execution?.status).toBe("cancelled");
      expect(claimed.status).toBe("rejected");
    } else {
      expect(decision?.status).toBe("approved");
      expect(execution?.status).toBe("in_flight");
    }
  }
});

test("a reviewer, a key without the scope, another app's key and another organisation are refused", async () => {
  const { id } = await aDecision(db, org, desk);
  await expect(cancel(org.reviewer, id)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(cancel(await org.keyOf(desk.app, ["decisions:write"]), id)).rejects.toMatchObject({
    kind: "forbidden",
  });
  const other = await aRefundDesk(db, org);
  const stranger = await org.keyOf(other.app, ["decisions:cancel", "decisions:read"]);
  await expect(cancel(stranger, id)).rejects.toMatchObject({ kind: "not_found" });
  await expect(cancel((await anOrg(db)).admin, id)).rejects.toMatchObject({ kind: "not_found" });
});

test("a key that may only cancel is answered too", async () => {
  const { id } = await aDecision(db, org, desk);
  expect((await cancel(await org.keyOf(desk.app, ["decisions:cancel"]), id)).status).toBe("cancelled");
});
