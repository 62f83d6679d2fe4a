import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { attempts, connectors, stops } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { returnToReview } from "./return-to-review";
import { claimOne, claimSome, executionRow, letTimePass, resultOf, somePending } from "./testing";
import { settleExecutions } from "./settle-executions";
import { sweepExecutions } from "./sweep-executions";

const { db } = await testDatabase();

async function aDesk(options: Parameters<typeof aRefundDesk>[2] = {}) {
  const org = await anOrg(db);
  return { org, desk: await aRefundDesk(db, org, options) };
}

test("a claim draws a fence, writes an intent with the request as it will be sent, and lets nobody else have it", async () => {
  const { org, desk } = await aDesk();
  const [id = ""] = await somePending(db, org, desk);
  const claimed = await claimOne(org);
  expect(claimed).toMatchObject({
    executionId: id,
    attempt: 1,
    isFirst: true,
    request: { path: "/v1/refunds" },
  });
  expect(await executionRow(db, id)).toMatchObject({
    status: "in_flight",
    attempt: 1,
    fence: claimed.fence,
    firstSentAt: null,
  });
  const [intent] = await db.select().from(attempts).where(eq(attempts.executionId, id));
  expect(intent).toMatchObject({
    kind: "send",
    outcome: "intent",
    fence: claimed.fence,
    request: { method: "POST" },
  });
  expect((await claimSome(org)).sends).toEqual([]);
});

test("ten workers racing for 200 executions claim each exactly once", async () => {
  const { org, desk } = await aDesk();
  const ids = await somePending(db, org, desk, 200);
  const worker = async (name: number) => {
    const mine: string[] = [];
    for (let idle = 0; idle < 3;) {
      const { sends } = await claimSome(org, { limit: 7, workerId: `worker:${name}` });
      mine.push(...sends.map((claimed) => claimed.executionId));
      idle = sends.length === 0 ? idle + 1 : 0;
    }
    return mine;
  };
  const claimed = (await Promise.all(Array.from({ length: 10 }, (_, name) => worker(name)))).flat();
  expect(claimed.toSorted()).toEqual(ids.toSorted());
});

describe("a stop", () => {
  test.each(["app", "global"] as const)(
    "of scope %s: nothing of it is claimed until it is lifted",
    async (scope) => {
      const { org, desk } = await aDesk();
      await somePending(db, org, desk, 3);
      const scopeId = scope === "app" ? desk.app : org.orgId;
      const set = (active: boolean) => db.update(stops).set({ active }).where(eq(stops.scopeId, scopeId));
      await set(true);
      expect((await claimSome(org)).sends).toEqual([]);
      await set(false);
      expect((await claimSome(org)).sends).toHaveLength(3);
    },
  );

  test("of one app leaves the others running", async () => {
    const { org, desk } = await aDesk();
    const other = await aRefundDesk(db, org);
    await somePending(db, org, desk, 2);
    const running = await somePending(db, org, other, 2);
    await db.update(stops).set({ active: true }).where(eq(stops.scopeId, desk.app));
    const { sends } = await claimSome(org);
    expect(sends.map((claimed) => claimed.executionId).toSorted()).toEqual(running.toSorted());
  });

  test("waits for a claim under way, so that what it reports in flight is all there is", async () => {
    const { org, desk } = await aDesk();
    await somePending(db, org, desk, 20);
    for (let round = 0; round < 20; round++) {
      const stop = db.transaction(async (tx) => {
        await tx.update(stops).set({ active: true }).where(eq(stops.scopeId, desk.app));
        const { rows } = (await tx.execute(
          sql`select count(*)::int as n from executions where app_id = ${desk.app} and status = 'in_flight'`,
        )) as unknown as { rows: { n: number }[] };
        return rows[0]?.n;
      });
      const [reported] = await Promise.all([stop, claimSome(org, { limit: 1 })]);
      const after = await claimSome(org, { limit: 1 });
      const { rows } = (await db.execute(
        sql`select count(*)::int as n from executions where app_id = ${desk.app} and status = 'in_flight'`,
      )) as unknown as { rows: { n: number }[] };
      expect({ beyond: rows[0]?.n, sends: after.sends }).toEqual({ beyond: reported, sends: [] });
      await db.update(stops).set({ active: false }).where(eq(stops.scopeId, desk.app));
    }
  });
});

describe("what is not as it was signed is never sent", () => {
  test("a connector that changed after the approval: it comes back, and runs once approved anew", async () => {
    const { org, desk } = await aDesk();
    const [id = ""] = await somePending(db, org, desk);
    await db.update(connectors).set({ version: 2 }).where(eq(connectors.id, desk.connector));
    const { sends, returns } = await claimSome(org);
    expect(sends).toEqual([]);
    expect(returns).toMatchObject([{ executionId: id, returned: { code: "changed" } }]);
    expect(returns[0]?.returned.message).toContain("version 1 → 2");
    for (const each of returns) await returnToReview(org.system, each);
    const { decisionId } = await executionRow(db, id);
    await moveDecision(org.reviewer, { decisionId, from: ["in_review"], to: "approved" });
    expect((await claimSome(org)).sends).toMatchObject([{ decisionId }]);
  });

  test("a changed connector excuses nothing else, and nothing that may have been sent", async () => {
    const { org, desk } = await aDesk();
    const [sent = "", tampered = ""] = await somePending(db, org, desk, 2);
    const [claimed] = (await claimSome(org, { limit: 1 })).sends;
    if (claimed) await settleExecutions(org.system, [resultOf(claimed, "no_answer")]);
    const [open, other] = claimed?.executionId === sent ? [sent, tampered] : [tampered, sent];
    await db.transaction(async (tx) => {
      await tx.execute(sql`alter table executions disable trigger executions_guard`);
      await tx.execute(
        sql`update executions set arguments = arguments || '{"amount": 1}' where id = ${other}`,
      );
      await tx.execute(sql`alter table executions enable trigger executions_guard`);
    });
    await db.update(connectors).set({ version: 2 }).where(eq(connectors.id, desk.connector));
    await letTimePass(db, org);
    expect(await claimSome(org)).toMatchObject({ sends: [], returns: [] });
    for (const id of [open, other]) {
      expect(await executionRow(db, id)).toMatchObject({
        status: "dead",
        lastError: "digest_mismatch",
        needsPerson: true,
      });
    }
    expect(await eventsOf(other)).toEqual(["decision.execution_updated"]);
  });

  test("arguments that somebody changed behind the triggers' back", async () => {
    const { org, desk } = await aDesk();
    const [id = ""] = await somePending(db, org, desk);
    await db.transaction(async (tx) => {
      await tx.execute(sql`alter table executions disable trigger executions_guard`);
      await tx.execute(
        sql`update executions set arguments = arguments || '{"amount": 999999}' where id = ${id}`,
      );
      await tx.execute(sql`alter table executions enable trigger executions_guard`);
    });
    expect((await claimSome(org)).sends).toEqual([]);
    expect(await executionRow(db, id)).toMatchObject({ status: "dead", lastError: "digest_mismatch" });
  });

  test("arguments that do not fit the template", async () => {
    const { org, desk } = await aDesk();
    const [id = ""] = await somePending(db, org, desk);
    await db.execute(
      sql`update connector_actions set config = jsonb_set(config, '{path}', '"/v1/{/nothing}"') where id = ${desk.action}`,
    );
    expect((await claimSome(org)).sends).toEqual([]);
    expect(await executionRow(db, id)).toMatchObject({
      status: "dead",
      lastError: expect.stringContaining("cannot_be_sent"),
    });
  });

  test("a credential that cannot be opened here waits instead", async () => {
    const { org, desk } = await aDesk();
    const [id = ""] = await somePending(db, org, desk);
    await db.update(connectors).set({ secret: "v1.x.y.z" }).where(eq(connectors.id, desk.connector));
    expect((await claimSome(org)).sends).toEqual([]);
    expect(await executionRow(db, id)).toMatchObject({
      status: "pending",
      lastError: expect.stringContaining("cannot_be_sent"),
    });
  });
});

describe("an unanswered send", () => {
  test("of class A is sent again with the same key", async () => {
    const { org, desk } = await aDesk({ connectorClass: "A" });
    await somePending(db, org, desk);
    const first = await claimOne(org);
    await settleExecutions(org.system, [resultOf(first, "no_answer")]);
    await letTimePass(db, org);
    const second = await claimOne(org);
    expect(second).toMatchObject({ executionId: first.executionId, attempt: 2, isFirst: false });
    expect(second.request).toEqual(first.request);
    expect(second.fence).toBeGreaterThan(first.fence);
  });

  test("of class A is not sent again in the last hour of its key", async () => {
    const { org, desk } = await aDesk({ connectorClass: "A" });
    const [id = ""] = await somePending(db, org, desk);
    await settleExecutions(org.system, [resultOf(await claimOne(org), "no_answer")]);
    await db.execute(
      sql`update executions set next_at = now(), first_sent_at = now() - interval '23 hours' where id = ${id}`,
    );
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [id] });
  });

  test("of class B is looked up, never sent again unasked", async () => {
    const { org, desk } = await aDesk({ connectorClass: "B" });
    const [id = ""] = await somePending(db, org, desk);
    await settleExecutions(org.system, [resultOf(await claimOne(org), 500)]);
    await letTimePass(db, org);
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [id] });
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [] });
  });

  test("of class C is a person's", async () => {
    const { org, desk } = await aDesk({ connectorClass: "C" });
    const [id = ""] = await somePending(db, org, desk);
    await settleExecutions(org.system, [resultOf(await claimOne(org), "no_answer")]);
    await letTimePass(db, org);
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [], concluded: 1 });
    expect(await executionRow(db, id)).toMatchObject({ status: "unknown", needsPerson: true });
  });

  test("that never gets an answer ends dead after its attempts, for a person to see", async () => {
    const { org, desk } = await aDesk({ connectorClass: "A" });
    await db.execute(
      sql`update connector_actions set config = config || '{"lookup": null}' where id = ${desk.action}`,
    );
    const [id = ""] = await somePending(db, org, desk);
    let sends = 0;
    for (; sends < 20; sends++) {
      await letTimePass(db, org);
      const [claimed] = (await claimSome(org)).sends;
      if (!claimed) break;
      await settleExecutions(org.system, [resultOf(claimed, 500)]);
    }
    expect(sends).toBe(8);
    expect(await executionRow(db, id)).toMatchObject({ status: "dead", attempt: 8, needsPerson: true });
  });
});

test("a lapsed lease makes an execution unknown, never pending", async () => {
  const { org, desk } = await aDesk();
  const [id = ""] = await somePending(db, org, desk);
  await claimOne(org);
  expect(await sweepExecutions(org.system)).toBe(0);
  await letTimePass(db, org);
  expect(await sweepExecutions(org.system)).toBe(1);
  const row = await executionRow(db, id);
  expect(row).toMatchObject({ status: "unknown" });
  expect(row.firstSentAt).not.toBeNull();
});

async function eventsOf(id: string): Promise<string[]> {
  const { rows } = (await db.execute(
    sql`select type from events where subject = ${id} order by id`,
  )) as unknown as { rows: { type: string }[] };
  return rows.map((row) => row.type);
}
