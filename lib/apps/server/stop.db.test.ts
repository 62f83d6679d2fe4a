import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { executions, stops } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { getApp } from "./get-app";
import { listActiveStops } from "./list-stops";
import { resume } from "./resume";
import { stop } from "./stop";
import { trailOf } from "./testing-trail";

const { db } = await testDatabase();

async function aRunningDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { executionId } = await aDecision(db, org, desk, { status: "approved" });
  return { org, desk, executionId: executionId ?? "" };
}

const claim = (executionId: string) =>
  db
    .update(executions)
    .set({ status: "in_flight", fence: sql`nextval('fence_seq')`, attempt: 1, workerId: "w1" })
    .where(eq(executions.id, executionId));

test("a reviewer stops an app and is told what was in flight; the app and the banner show it", async () => {
  const { org, desk, executionId } = await aRunningDesk();
  await claim(executionId);
  const answer = await stop(org.reviewer, { scope: "app", scope_id: desk.app, reason: "refunds look wrong" });
  expect(answer).toMatchObject({
    active: true,
    reason: "refunds look wrong",
    app_name: "Refund desk",
    in_flight: { count: 1, execution_ids: [executionId] },
  });
  expect(answer.changed_by_name).toMatch(/^reviewer /);
  expect(await getApp(org.reviewer, { app: desk.app })).toMatchObject({
    paused: true,
    stop: { active: true },
  });
  expect(await listActiveStops(org.auditor)).toMatchObject([{ scope_id: desk.app }]);
  expect(await trailOf(db, desk.app)).toMatchObject({
    journal: [{ action: "autonomy.paused", data: { reason: "refunds look wrong", in_flight: 1 } }],
    events: ["autonomy.paused"],
  });
});

test("stopping everything lists every app's sends, and pauses every app", async () => {
  const { org, desk, executionId } = await aRunningDesk();
  await claim(executionId);
  const other = await aRefundDesk(db, org);
  const second = await aDecision(db, org, other, { status: "approved" });
  await claim(second.executionId ?? "");
  const answer = await stop(org.admin, { scope: "global", reason: "drill" });
  expect(new Set(answer.in_flight.execution_ids)).toEqual(new Set([executionId, second.executionId]));
  expect(await getApp(org.admin, { app: desk.app })).toMatchObject({ paused: true, stop: null });
  const appOnly = await stop(org.admin, { scope: "app", scope_id: other.app, reason: "drill" });
  expect(appOnly.in_flight.execution_ids).toEqual([second.executionId]);
  expect((await listActiveStops(org.admin)).map((each) => each.scope)).toEqual(["global", "app"]);
});

test("a stop waits for the claim that holds the switch, and then counts it", async () => {
  const { org, desk, executionId } = await aRunningDesk();
  const order: string[] = [];
  let stopped: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    const mine = and(eq(stops.scope, "app"), eq(stops.scopeId, desk.app));
    await tx.select().from(stops).where(mine).for("share");
    stopped = stop(org.reviewer, { scope: "app", scope_id: desk.app, reason: "now" }).then((answer) => {
      order.push("stopped");
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await tx
      .update(executions)
      .set({ status: "in_flight", fence: sql`nextval('fence_seq')`, attempt: 1, workerId: "w1" })
      .where(eq(executions.id, executionId));
    order.push("claimed");
  });
  expect(await stopped).toMatchObject({ in_flight: { execution_ids: [executionId] } });
  expect(order).toEqual(["claimed", "stopped"]);
});

test("two people stopping at once is one stop", async () => {
  const { org, desk } = await aRunningDesk();
  const input = { scope: "app" as const, scope_id: desk.app, reason: "both" };
  const both = await Promise.all([stop(org.reviewer, input), stop(org.admin, input)]);
  expect(both.map((answer) => answer.active)).toEqual([true, true]);
  expect((await trailOf(db, desk.app)).events).toEqual(["autonomy.paused"]);
});

test("only an admin resumes; it is journalled with the reason, and resuming twice is once", async () => {
  const { org, desk } = await aRunningDesk();
  const input = { scope: "app" as const, scope_id: desk.app, reason: "checked" };
  await stop(org.reviewer, { ...input, reason: "wrong" });
  await expect(resume(org.reviewer, input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(resume(org.auditor, input)).rejects.toMatchObject({ code: "forbidden" });
  expect(await resume(org.admin, input)).toMatchObject({ active: false, reason: "checked", version: 3 });
  expect(await resume(org.admin, { ...input, reason: "again" })).toMatchObject({
    reason: "checked",
    version: 3,
  });
  expect(await trailOf(db, desk.app)).toMatchObject({
    journal: [{ action: "autonomy.paused" }, { action: "autonomy.resumed", data: { reason: "checked" } }],
    events: ["autonomy.paused", "autonomy.resumed"],
  });
});

test("an auditor and an app's key cannot stop; another organisation's app is not there", async () => {
  const { org, desk } = await aRunningDesk();
  const input = { scope: "app" as const, scope_id: desk.app, reason: "x" };
  const key = await org.keyOf(desk.app, ["decisions:write"]);
  await expect(stop(org.auditor, input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(stop(key, input)).rejects.toMatchObject({ code: "forbidden" });
  const other = await anOrg(db);
  await expect(stop(other.admin, input)).rejects.toMatchObject({ kind: "not_found" });
  await expect(stop(org.admin, { scope: "app", reason: "x" })).rejects.toMatchObject({
    errors: [{ pointer: "/scope_id" }],
  });
});

test("everything is not stopped, nor resumed, by a slip of the scope", async () => {
  const { org, desk } = await aRunningDesk();
  const slip = { scope: "global", scope_id: desk.app, reason: "only this one was meant" } as const;
  const expected = { code: "validation_failed", errors: [{ pointer: "/scope_id", code: "not_for_global" }] };
  await expect(stop(org.reviewer, slip)).rejects.toMatchObject(expected);
  expect(await listActiveStops(org.auditor)).toEqual([]);
  await stop(org.reviewer, { scope: "global", reason: "all of it" });
  await expect(resume(org.admin, slip)).rejects.toMatchObject(expected);
  expect(await listActiveStops(org.auditor)).toHaveLength(1);
});
