import { and, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { attempts, events, journal } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { resolveExecution } from "./resolve-execution";
import { settleExecutions } from "./settle-executions";
import { sweepExecutions } from "./sweep-executions";
import { claimOne, claimSome, executionRow, letTimePass, resultOf, somePending } from "./testing";
import { aReportingDesk, cancelUnsent } from "./testing-callbacks";

const { db } = await testDatabase();

const eventsOf = async (id: string) =>
  (await db.select().from(events).where(eq(events.subject, id))).map(({ type }) => type);

describe("what a report does", () => {
  test("it settles what is under way, and our own late answer that says the same adds nothing", async () => {
    const { org, id, claimed, report, done } = await aReportingDesk(db);
    expect(await report(done)).toMatchObject({
      status: 200,
      body: { object: "callback", execution_id: id, effect: "settled", duplicate: false },
    });
    expect(await executionRow(db, id)).toMatchObject({
      status: "succeeded",
      externalReference: "re_9",
      result: { id: "re_9" },
      leaseUntil: null,
      settledAt: expect.any(Date),
    });
    expect(await settleExecutions(org.system, [resultOf(claimed, 200)])).toEqual({ settled: 0, stale: 1 });
    expect(await executionRow(db, id)).toMatchObject({ status: "succeeded", externalReference: "re_9" });
    const log = await db.select().from(attempts).where(eq(attempts.executionId, id));
    expect(log.map(({ kind, outcome }) => `${kind} ${outcome}`).toSorted()).toEqual([
      "callback succeeded",
      "send stale",
    ]);
    expect(await eventsOf(id)).toEqual(["decision.executed"]);
  });

  test("our own answer brings the reference that the report left out", async () => {
    const { org, id, claimed, key, report } = await aReportingDesk(db);
    await report({ action_key: key, status: "succeeded" });
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
    expect(await executionRow(db, id)).toMatchObject({ status: "succeeded", externalReference: "re_1" });
  });

  test.each([
    ["a refusal reported, our own answer a success", "failed", 200],
    ["a success reported, our own answer a refusal", "succeeded", 402],
  ] as const)("%s: disputed, and never flipped", async (_what, status, answer) => {
    const { org, id, key, claimed, report } = await aReportingDesk(db);
    await report({ action_key: key, status });
    expect(await executionRow(db, id)).toMatchObject({ status });
    await settleExecutions(org.system, [resultOf(claimed, answer)]);
    const row = await executionRow(db, id);
    expect(row).toMatchObject({ status: "disputed", needsPerson: true });
    expect(row.lastError).toContain(`our record says ${status}`);
    expect(await eventsOf(id)).toContain("execution.disputed");
    const [entry] = await db
      .select()
      .from(journal)
      .where(and(eq(journal.orgId, org.orgId), eq(journal.action, "executions.settled")));
    expect(entry?.entry).toContain(`"disputed":["${id}"]`);
    await resolveExecution(org.reviewer, { id, status: "succeeded", reference: null, note: "It is there" });
    expect((await executionRow(db, id)).status).toBe("succeeded");
  });

  test("no answer of our own after a report changes anything", async () => {
    const { org, id, claimed, report, refused } = await aReportingDesk(db);
    await report(refused);
    await settleExecutions(org.system, [resultOf(claimed, "no_answer")]);
    expect(await executionRow(db, id)).toMatchObject({
      status: "failed",
      lastError: "Billing reports that nothing happened",
    });
    expect(await sweepExecutions(org.system)).toBe(0);
  });

  test.each(["unknown", "dead"] as const)("it settles what is %s", async (status) => {
    const { org, id, claimed, report, done } = await aReportingDesk(db, "C");
    await settleExecutions(org.system, [{ ...resultOf(claimed, "no_answer"), needsPerson: true }]);
    if (status === "dead") await db.execute(sql`update executions set status = 'dead' where id = ${id}`);
    expect((await report(done)).body).toMatchObject({ effect: "settled" });
    expect(await executionRow(db, id)).toMatchObject({ status: "succeeded", needsPerson: false });
  });

  test("the same news again confirms; the contrary disputes; more of it then is kept", async () => {
    const { org, id, claimed, report, done, refused } = await aReportingDesk(db);
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
    expect((await report(done)).body).toMatchObject({ effect: "confirmed" });
    expect((await report(refused)).body).toMatchObject({ effect: "disputed" });
    expect(await executionRow(db, id)).toMatchObject({
      status: "disputed",
      lastError: "Billing reports that nothing happened; our record says succeeded",
    });
    expect((await report(done)).body).toMatchObject({ effect: "noted" });
    expect((await executionRow(db, id)).status).toBe("disputed");
  });

  test("of an act that was cancelled unsent it disputes; of one that still waits it calls somebody", async () => {
    const { org, desk, report } = await aReportingDesk(db);
    const [waits = "", taken = ""] = await somePending(db, org, desk, 2);
    await cancelUnsent(db, taken);
    const says = async (id: string) => (await report({ execution_id: id, status: "succeeded" })).body.effect;
    expect(await says(taken)).toBe("disputed");
    expect(await says(waits)).toBe("unsent");
    expect(await executionRow(db, waits)).toMatchObject({ status: "pending" });
    expect(await eventsOf(waits)).toContain("execution.disputed");
  });

  test("of an act that came back to review unsent it calls somebody, and blocks no new approval", async () => {
    const { org, desk, report } = await aReportingDesk(db);
    const [id = ""] = await somePending(db, org, desk);
    await db.execute(sql`update executions set status = 'cancelled' where id = ${id}`);
    const said = await report({ execution_id: id, status: "succeeded" });
    expect(said).toMatchObject({ status: 200, body: { effect: "unsent" } });
    expect(await executionRow(db, id)).toMatchObject({ status: "cancelled" });
    expect(await eventsOf(id)).toContain("execution.disputed");
  });

  test("a refusal while a later send is under way is asked for again, and leaves no trace", async () => {
    const { org, id, claimed, report, refused } = await aReportingDesk(db);
    await settleExecutions(org.system, [resultOf(claimed, "no_answer")]);
    await letTimePass(db, org);
    const second = await claimOne(org);
    const early = await report(refused, { id: "msg_early" });
    expect(early).toMatchObject({ status: 503, body: { code: "send_under_way" } });
    expect(early.headers["Retry-After"]).toBe("60");
    expect(await executionRow(db, id)).toMatchObject({ status: "in_flight" });
    await settleExecutions(org.system, [resultOf(second, "no_answer")]);
    expect((await report(refused, { id: "msg_early" })).body).toMatchObject({
      effect: "settled",
      duplicate: false,
    });
  });
});

describe("once a message", () => {
  test("a second delivery changes nothing and is answered the same", async () => {
    const { org, id, claimed, report, done, refused } = await aReportingDesk(db);
    await report(done, { id: "msg_same" });
    const again = await report(refused, { id: "msg_same" });
    expect(again).toMatchObject({ status: 200, body: { effect: "settled", duplicate: true } });
    expect((await executionRow(db, id)).status).toBe("succeeded");
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
  });

  test("ten deliveries at once: one counts", async () => {
    const { id, report, done } = await aReportingDesk(db);
    const all = await Promise.all(Array.from({ length: 10 }, () => report(done, { id: "msg_flood" })));
    expect(all.filter(({ body }) => body.duplicate === false)).toHaveLength(1);
    expect(all.every(({ status }) => status === 200)).toBe(true);
    const log = await db.select().from(attempts).where(eq(attempts.executionId, id));
    expect(log.filter(({ kind }) => kind === "callback")).toHaveLength(1);
    expect((await eventsOf(id)).filter((type) => type === "decision.executed")).toHaveLength(1);
  });

  test("a report and our own answer at once end in one state, and no send is lost or doubled", async () => {
    for (let round = 0; round < 8; round++) {
      const { org, id, claimed, report, done } = await aReportingDesk(db);
      await Promise.all([report(done), settleExecutions(org.system, [resultOf(claimed, 200)])]);
      expect(await executionRow(db, id)).toMatchObject({ status: "succeeded" });
      expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [] });
    }
  });
});

test("a person's settlement and our own late answer: the contrary is disputed, the same changes nothing", async () => {
  for (const [status, after] of [
    ["failed", "disputed"],
    ["succeeded", "succeeded"],
  ] as const) {
    const { org, id, claimed } = await aReportingDesk(db, "C");
    await letTimePass(db, org);
    await sweepExecutions(org.system);
    await resolveExecution(org.reviewer, { id, status, reference: null, note: "They told me so" });
    await settleExecutions(org.system, [resultOf(claimed, 200)]);
    expect(await executionRow(db, id)).toMatchObject({ status: after });
  }
});
