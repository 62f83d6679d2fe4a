import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { attempts, events, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { claimOne, claimSome, executionRow, letTimePass, resultOf, somePending } from "./testing";
import { settleExecutions } from "./settle-executions";
import { sweepExecutions } from "./sweep-executions";

const { db } = await testDatabase();

async function aDesk(connectorClass: "A" | "B" | "C" = "A") {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { connectorClass });
  return { org, desk };
}

test("a group of results is settled at once: states, attempts, an event each and one journal entry", async () => {
  const { org, desk } = await aDesk();
  await somePending(db, org, desk, 3);
  const [a, b, c] = (await claimSome(org)).sends;
  if (!a || !b || !c) throw new Error("three claims");
  const settled = await settleExecutions(org.system, [resultOf(a, 200), resultOf(b, 402), resultOf(c, 503)]);
  expect(settled).toEqual({ settled: 3, stale: 0 });
  expect(await executionRow(db, a.executionId)).toMatchObject({
    status: "succeeded",
    externalReference: "re_1",
    result: { id: "re_1" },
    lastError: null,
  });
  expect(await executionRow(db, b.executionId)).toMatchObject({
    status: "failed",
    lastError: "It refused (402): No",
  });
  expect(await executionRow(db, c.executionId)).toMatchObject({ status: "unknown", settledAt: null });
  const told = await db.select().from(events).where(eq(events.orgId, org.orgId));
  expect(told.map(({ type, subject }) => `${subject} ${type}`).toSorted()).toEqual([
    `${a.executionId} decision.executed`,
    `${b.executionId} decision.execution_updated`,
    `${c.executionId} decision.execution_updated`,
  ]);
  const entries = await db.select().from(journal).where(eq(journal.orgId, org.orgId));
  expect(entries.map(({ action }) => action)).toEqual(["executions.settled"]);
  const [attempt] = await db.select().from(attempts).where(eq(attempts.executionId, b.executionId));
  expect(attempt).toMatchObject({ outcome: "refused", responseStatus: 402, error: "It refused (402): No" });
});

test("a worker whose lease lapsed changes nothing; its attempt is marked stale, with what it saw", async () => {
  const { org, desk } = await aDesk();
  const [id = ""] = await somePending(db, org, desk);
  const old = await claimOne(org);
  await letTimePass(db, org);
  await sweepExecutions(org.system);
  const current = await claimOne(org);
  expect(await settleExecutions(org.system, [resultOf(old, 402)])).toEqual({ settled: 0, stale: 1 });
  expect(await executionRow(db, id)).toMatchObject({ status: "in_flight", fence: current.fence });
  const [attempt] = await db
    .select()
    .from(attempts)
    .where(and(eq(attempts.executionId, id), eq(attempts.fence, old.fence)));
  expect(attempt).toMatchObject({ outcome: "stale", responseStatus: 402 });
  expect(await settleExecutions(org.system, [resultOf(current, 200)])).toEqual({ settled: 1, stale: 0 });
});

test("settling twice (a commit whose answer was lost) changes nothing the second time", async () => {
  const { org, desk } = await aDesk();
  const [id = ""] = await somePending(db, org, desk);
  const claimed = await claimOne(org);
  await settleExecutions(org.system, [resultOf(claimed, 200)]);
  expect(await settleExecutions(org.system, [resultOf(claimed, 500)])).toEqual({ settled: 0, stale: 1 });
  expect(await executionRow(db, id)).toMatchObject({ status: "succeeded" });
  const [attempt] = await db.select().from(attempts).where(eq(attempts.executionId, id));
  expect(attempt).toMatchObject({ outcome: "succeeded" });
});

test("a refusal on a second send is unknown: it says nothing about the first", async () => {
  const { org, desk } = await aDesk();
  const [id = ""] = await somePending(db, org, desk);
  await settleExecutions(org.system, [resultOf(await claimOne(org), "no_answer")]);
  await letTimePass(db, org);
  await settleExecutions(org.system, [resultOf(await claimOne(org), 402)]);
  expect(await executionRow(db, id)).toMatchObject({ status: "unknown", attempt: 2 });
  await letTimePass(db, org);
  expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [id] });
});

test("what was never written waits again, and costs no attempt; a refusal after that is final", async () => {
  const { org, desk } = await aDesk("C");
  const [id = ""] = await somePending(db, org, desk);
  for (let round = 0; round < 10; round++) {
    await settleExecutions(org.system, [resultOf(await claimOne(org), "not_sent")]);
    expect(await executionRow(db, id)).toMatchObject({
      status: "pending",
      attempt: 0,
      firstSentAt: null,
      lastError: "it broke",
    });
    await letTimePass(db, org);
  }
  await settleExecutions(org.system, [resultOf(await claimOne(org), 402)]);
  expect(await executionRow(db, id)).toMatchObject({ status: "failed" });
});

test("what may have been sent once is unknown, though its later send was never written", async () => {
  const { org, desk } = await aDesk();
  const [id = ""] = await somePending(db, org, desk);
  await settleExecutions(org.system, [resultOf(await claimOne(org), 500)]);
  await letTimePass(db, org);
  await settleExecutions(org.system, [resultOf(await claimOne(org), "not_sent")]);
  expect(await executionRow(db, id)).toMatchObject({ status: "unknown", attempt: 1 });
});

test("an answer of hostile text is kept, cut and made storable", async () => {
  const { org, desk } = await aDesk();
  await somePending(db, org, desk);
  const claimed = await claimOne(org);
  const text = `\u0000\uD800${"x".repeat(100_000)}`;
  const result = resultOf(claimed, 500);
  await settleExecutions(org.system, [
    { ...result, answer: { kind: "response", status: 500, text, body: undefined } },
  ]);
  const [attempt] = await db.select().from(attempts).where(eq(attempts.executionId, claimed.executionId));
  expect(attempt?.responseBody).toMatch(/^\uFFFD\uFFFDx+…$/);
});

test("only the system claims, settles and sweeps", async () => {
  const { org } = await aDesk();
  for (const person of [org.reviewer, org.auditor, org.admin]) {
    await expect(settleExecutions(person, [])).rejects.toMatchObject({ kind: "forbidden" });
    await expect(sweepExecutions(person)).rejects.toMatchObject({ kind: "forbidden" });
  }
});
