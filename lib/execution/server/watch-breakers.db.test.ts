import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connectors } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import { findStop } from "@/lib/apps/server/list-stops";
import { resume } from "@/lib/apps/server/resume";
import { trailOf } from "@/lib/apps/server/testing-trail";
import { settleExecutions } from "./settle-executions";
import { sweepExecutions } from "./sweep-executions";
import { claimSome, letTimePass, resultOf } from "./testing";
import { manyPending } from "./testing-load";
import { getBreaker, watchBreakers } from "./watch-breakers";

const { db } = await testDatabase();

async function aWatchedDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const breaker = { window_minutes: 10, min_sends: 20, max_failed: 0.5, max_unknown: 0.2 };
  await db
    .update(connectors)
    .set({ config: sql`config || ${JSON.stringify({ breaker })}::jsonb` })
    .where(eq(connectors.id, desk.connector));
  return { org, desk };
}

type Desk = Awaited<ReturnType<typeof aWatchedDesk>>["desk"];

async function sendAll(org: TestOrg, desk: Desk, answers: (number | "no_answer" | "not_sent")[]) {
  await manyPending(
    db,
    org,
    desk,
    answers.map(() => ({})),
  );
  const { sends } = await claimSome(org, { limit: answers.length });
  const results = sends.map((claimed, at) => resultOf(claimed, answers[at] ?? 200));
  await settleExecutions(org.system, results);
  await db.execute(
    sql`update executions set next_at = now() + interval '1 hour' where org_id = ${org.orgId}`,
  );
}

const of = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

test("too many unanswered sends stop the connector, with the figures as the reason, journalled as the system's", async () => {
  const { org, desk } = await aWatchedDesk();
  await sendAll(org, desk, [...of(28, 200), ...of(12, "no_answer" as const)]);
  expect(await watchBreakers(org.system)).toBe(1);
  const reason = "12 of the last 40 sends had no clear answer (30 %, limit 20 %)";
  expect(await findStop(org.reviewer, "connector", desk.connector)).toMatchObject({
    active: true,
    reason,
    changed_by: "system:breaker",
  });
  expect(await trailOf(db, desk.connector)).toMatchObject({
    journal: [{ action: "autonomy.paused", actor: "system:breaker", data: { scope: "connector", reason } }],
    events: ["autonomy.paused", "connector.breaker_opened"],
  });
  await manyPending(db, org, desk, [{}]);
  expect((await claimSome(org)).sends).toEqual([]);
  expect(await watchBreakers(org.system)).toBe(0);
});

test("failures count apart from what is unanswered; what could not be reached is a failure", async () => {
  const { org, desk } = await aWatchedDesk();
  await sendAll(org, desk, [...of(9, 200), ...of(6, 402), ...of(5, "not_sent" as const)]);
  expect(await watchBreakers(org.system)).toBe(1);
  expect(await getBreaker(org.reviewer, { connector: desk.connector })).toMatchObject({
    figures: { sends: 20, failed: 11, unknown: 0 },
    isOpen: true,
  });
});

test("a send whose worker was not heard of again is one without an answer", async () => {
  const { org, desk } = await aWatchedDesk();
  await manyPending(db, org, desk, of(20, {}));
  await claimSome(org);
  expect(await watchBreakers(org.system)).toBe(0);
  await letTimePass(db, org);
  await sweepExecutions(org.system);
  await db.execute(
    sql`update attempts set ended_at = started_at where org_id = ${org.orgId} and ended_at is null`,
  );
  expect(await watchBreakers(org.system)).toBe(1);
});

test("within its limits, with too few sends, or without a breaker nothing opens", async () => {
  const { org, desk } = await aWatchedDesk();
  await sendAll(org, desk, of(19, "no_answer" as const));
  expect(await watchBreakers(org.system)).toBe(0);
  await sendAll(org, desk, of(81, 200));
  expect(await watchBreakers(org.system)).toBe(0);
  const other = await aRefundDesk(db, org);
  await sendAll(org, other, of(40, "no_answer" as const));
  expect(await watchBreakers(org.system)).toBe(0);
  expect(await getBreaker(org.reviewer, { connector: other.connector })).toBeNull();
});

test("after an admin resumed it, only what is sent from then on counts", async () => {
  const { org, desk } = await aWatchedDesk();
  await sendAll(org, desk, of(30, "no_answer" as const));
  expect(await watchBreakers(org.system)).toBe(1);
  const back = { scope: "connector" as const, scope_id: desk.connector, reason: "their system is back" };
  await expect(resume(org.reviewer, back)).rejects.toMatchObject({ code: "forbidden" });
  await resume(org.admin, back);
  expect(await watchBreakers(org.system)).toBe(0);
  expect(await getBreaker(org.admin, { connector: desk.connector })).toMatchObject({ figures: { sends: 0 } });
  await sendAll(org, desk, of(20, "no_answer" as const));
  expect(await watchBreakers(org.system)).toBe(1);
});

test("two workers watching at once open it once", async () => {
  const { org, desk } = await aWatchedDesk();
  await sendAll(org, desk, of(30, "no_answer" as const));
  await Promise.all([watchBreakers(org.system), watchBreakers(org.system)]);
  const { events } = await trailOf(db, desk.connector);
  expect(events).toEqual(["autonomy.paused", "connector.breaker_opened"]);
});
