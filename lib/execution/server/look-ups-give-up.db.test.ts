import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { attempts, events } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { closeConnectors } from "./connectors/connector-of";
import { listDesk } from "./list-desk";
import { lookUpExecution } from "./look-up-execution";
import { executionRunner } from "./run-executions";
import { settleExecutions } from "./settle-executions";
import { claimOne, executionRow, letTimePass, resultOf, somePending } from "./testing";

// A target that acts, and whose look-up is out of order.
const { db } = await testDatabase();
let look: { status: number; headers?: Record<string, string>; body: object };
let looks = 0;
const server = createServer((request, response) => {
  request.resume();
  looks += 1;
  response
    .writeHead(look.status, { "content-type": "application/json", ...look.headers })
    .end(JSON.stringify(look.body));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = host;
beforeEach(() => {
  look = { status: 500, body: {} };
  looks = 0;
});
afterAll(async () => {
  await closeConnectors();
  server.closeAllConnections();
  server.close();
});

async function anUnanswered() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass: "B", baseUrl: `http://${host}` });
  const [id = ""] = await somePending(db, org, desk);
  await settleExecutions(org.system, [resultOf(await claimOne(org), "no_answer")]);
  await db.execute(
    sql`update attempts set ended_at = ended_at - interval '1 day' where execution_id = ${id}`,
  );
  const waits = async () => {
    const row = await executionRow(db, id);
    return (row.nextAt.getTime() - row.updatedAt.getTime()) / 1000;
  };
  return { org, desk, id, waits };
}

test("a look-up that is never answered clearly is asked later each time, and then a person's", async () => {
  const { org, id, waits } = await anUnanswered();
  const runner = executionRunner({ workerId: "worker:looks" });
  const waited: number[] = [];
  for (let round = 1; round <= 12; round++) {
    await letTimePass(db, org);
    await runner.run(org.system);
    await runner.drain();
    waited.push(await waits());
  }
  expect(looks).toBe(8);
  expect(waited[5]).toBeGreaterThanOrEqual(16);
  expect(await executionRow(db, id)).toMatchObject({
    status: "unknown",
    needsPerson: true,
    lastError: expect.stringContaining("8 look-ups"),
  });
  const desk = await listDesk(org.reviewer, { tab: "unanswered", limit: 10 });
  expect(desk.data).toMatchObject([{ id, needs_person: true }]);
  const told = await db.select().from(events).where(eq(events.subject, id)).orderBy(events.id);
  expect(told.at(-1)?.data).toMatchObject({ status: "unknown", needs_person: true });
  // A person who asks once it is in order again hears what happened.
  look = { status: 200, body: { data: [{ id: "re_1" }] } };
  expect(await lookUpExecution(org.reviewer, { executionId: id })).toMatchObject({ status: "succeeded" });
  expect(await executionRow(db, id)).toMatchObject({ needsPerson: false, lastError: null });
});

test("one that says when to come back is not asked sooner", async () => {
  const { org, id, waits } = await anUnanswered();
  look = { status: 429, headers: { "retry-after": "120" }, body: {} };
  await lookUpExecution(org.system, { executionId: id });
  expect(await waits()).toBeGreaterThanOrEqual(119);
  expect((await executionRow(db, id)).needsPerson).toBe(false);
});

test("a person's own look-ups never end the worker's", async () => {
  const { org, id } = await anUnanswered();
  for (let round = 0; round < 9; round++) await lookUpExecution(org.reviewer, { executionId: id });
  await lookUpExecution(org.system, { executionId: id });
  expect((await executionRow(db, id)).needsPerson).toBe(false);
});

test("arguments that the look-up's template has no place for are a person's at once: nothing is asked", async () => {
  const { org, desk, id } = await anUnanswered();
  const lookup = { path: "/refunds/{/nobody}", found_pointer: "", reference_pointer: "/id" };
  await db.execute(sql`update connector_actions set config = config || ${JSON.stringify({ lookup })}::jsonb
    where id = ${desk.action}`);
  await letTimePass(db, org);
  const runner = executionRunner({ workerId: "worker:looks" });
  await runner.run(org.system);
  await runner.drain();
  expect(looks).toBe(0);
  expect(await executionRow(db, id)).toMatchObject({
    status: "unknown",
    needsPerson: true,
    lastError: expect.stringContaining("/nobody"),
  });
  const lookups = and(eq(attempts.executionId, id), eq(attempts.kind, "lookup"));
  expect(await db.select().from(attempts).where(lookups)).toEqual([]);
});
