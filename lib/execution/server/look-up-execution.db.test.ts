import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { attempts } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { getExecution } from "./get-execution";
import { listExecutions } from "./list-executions";
import { lookUpExecution } from "./look-up-execution";
import { settleExecutions } from "./settle-executions";
import { aTarget, claimOne, claimSome, executionRow, letTimePass, resultOf, somePending } from "./testing";

const { db } = await testDatabase();
const target = await aTarget(() => ({ acts: true, answer: "ok" }), { dedupes: false });
process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = target.host;
afterAll(target.close);

async function anUnanswered(status: number | "no_answer" = "no_answer") {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass: "B", baseUrl: target.baseUrl });
  await db.execute(
    sql`update connectors set config = config || '{"settle_delay_ms": 60000}' where id = ${desk.connector}`,
  );
  const [id = ""] = await somePending(db, org, desk);
  const claimed = await claimOne(org);
  await settleExecutions(org.system, [resultOf(claimed, status)]);
  return { org, desk, id, claimed, key: (await executionRow(db, id)).actionKey };
}

test("found: it succeeded, with the target's own reference", async () => {
  const { org, id, key } = await anUnanswered();
  target.ledger.set(key, 1);
  const report = await lookUpExecution(org.reviewer, { executionId: id });
  expect(report).toMatchObject({ outcome: "found", status: "succeeded" });
  expect(await executionRow(db, id)).toMatchObject({
    status: "succeeded",
    externalReference: `re_${key}`,
    needsPerson: false,
  });
  const log = await db.select().from(attempts).where(eq(attempts.executionId, id));
  expect(log.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ["send", "ambiguous"],
    ["lookup", "found"],
  ]);
});

test("absent too early changes nothing; absent after the settle delay lets it be sent again, once", async () => {
  const { org, id } = await anUnanswered();
  expect(await lookUpExecution(org.reviewer, { executionId: id })).toMatchObject({
    outcome: "absent",
    status: "unknown",
  });
  expect((await executionRow(db, id)).absentFence).toBeNull();
  await letTimePass(db, org);
  await lookUpExecution(org.system, { executionId: id });
  const second = await claimOne(org);
  expect(second).toMatchObject({ executionId: id, attempt: 2, isFirst: false });
  await settleExecutions(org.system, [resultOf(second, "no_answer")]);
  await letTimePass(db, org);
  // The look-up spoke of the first send; the second needs one of its own.
  expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [id] });
});

test("refused on a later send and absent: nothing happened, and that is what failed means", async () => {
  const { org, id } = await anUnanswered();
  await letTimePass(db, org);
  await lookUpExecution(org.system, { executionId: id });
  await settleExecutions(org.system, [resultOf(await claimOne(org), 402)]);
  await letTimePass(db, org);
  expect(await lookUpExecution(org.system, { executionId: id })).toMatchObject({ status: "failed" });
});

test("a look-up that is overtaken changes nothing", async () => {
  const { org, id } = await anUnanswered();
  await letTimePass(db, org);
  // Whichever answers second finds that it was sent again meanwhile, or is told that there is nothing to look up.
  const lookUps = await Promise.allSettled(
    [org.system, org.reviewer].map(async (ctx) => {
      await lookUpExecution(ctx, { executionId: id });
      await claimSome(org);
    }),
  );
  expect(lookUps.some(({ status }) => status === "fulfilled")).toBe(true);
  for (const one of lookUps)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ kind: "conflict" });
  expect(await executionRow(db, id)).toMatchObject({ status: "in_flight", attempt: 2 });
});

test("a person may look up what is unknown, an auditor may not, and nothing else is looked up", async () => {
  const { org, desk, id } = await anUnanswered(200);
  await expect(lookUpExecution(org.reviewer, { executionId: id })).rejects.toMatchObject({
    kind: "conflict",
  });
  await expect(lookUpExecution(org.auditor, { executionId: id })).rejects.toMatchObject({
    kind: "forbidden",
  });
  const key = await org.keyOf(desk.app, ["decisions:read"]);
  await expect(lookUpExecution(key, { executionId: id })).rejects.toMatchObject({ kind: "forbidden" });
  const other = await anOrg(db);
  await expect(lookUpExecution(other.reviewer, { executionId: id })).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("an execution is shown with its attempts and both digests; another org's or app's is not", async () => {
  const { org, desk, id } = await anUnanswered();
  const detail = await getExecution(org.auditor, { id });
  expect(detail).toMatchObject({
    status: "unknown",
    summary: "Refund €18.00 on invoice INV-0001",
    can_look_up: true,
    attempt_log: [{ kind: "send", outcome: "ambiguous", request: { method: "POST" } }],
  });
  expect(detail.digest.recomputed).toBe(detail.digest.signed);
  const own = await org.keyOf(desk.app, ["decisions:read"]);
  expect((await getExecution(own, { id })).id).toBe(id);
  const strange = await org.keyOf((await aRefundDesk(db, org)).app, ["decisions:read"]);
  await expect(getExecution(strange, { id })).rejects.toMatchObject({ kind: "not_found" });
  await expect(getExecution((await anOrg(db)).admin, { id })).rejects.toMatchObject({ kind: "not_found" });
});

test("lists page by id in both directions, and the attention filter keeps what a person should see", async () => {
  const { org, desk, id } = await anUnanswered();
  const pending = await somePending(db, org, desk, 5);
  const list = (query: object) => listExecutions(org.auditor, { query: { limit: 2, ...query } });
  const first = await list({});
  expect(first).toMatchObject({ has_more: true, data: [{ id: pending[4] }, { id: pending[3] }] });
  const second = await list({ starting_after: pending[3] });
  expect(second.data.map((item) => item.id)).toEqual([pending[2], pending[1]]);
  expect((await list({ ending_before: pending[2] })).data.map((item) => item.id)).toEqual([
    pending[4],
    pending[3],
  ]);
  expect(await list({ attention: "true" })).toMatchObject({ has_more: false, data: [{ id }] });
  expect((await list({ status: "pending" })).data).toHaveLength(2);
  const strange = await org.keyOf((await aRefundDesk(db, org)).app, ["decisions:read"]);
  expect((await listExecutions(strange, { query: { limit: 2 } })).data).toEqual([]);
});
