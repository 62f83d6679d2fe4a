import { inArray } from "drizzle-orm";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { stopScopes, type StopScope } from "@/lib/apps/schema";
import { resume } from "@/lib/apps/server/resume";
import { stop } from "@/lib/apps/server/stop";
import { closeConnectors } from "./connectors/connector-of";
import { claimSome } from "./testing";
import { aLedger, manyPending, manyWorkers } from "./testing-load";

const { db, url } = await testDatabase();
afterAll(closeConnectors);

const uses = Number(process.env.COUNTERSIGN_STOP_USES ?? 30);

function idIn(scope: StopScope, desk: TestDesk): string | undefined {
  if (scope === "global") return undefined;
  return { app: desk.app, type: desk.type, connector: desk.connector }[scope];
}

async function aLoad(desks: number, each: number, answerMs: () => number) {
  const target = await aLedger({ answerMs });
  const org = await anOrg(db);
  const made: TestDesk[] = [];
  for (let n = 0; n < desks; n++) made.push(await aRefundDesk(db, org, { baseUrl: target.baseUrl }));
  for (const desk of made)
    await manyPending(
      db,
      org,
      desk,
      Array.from({ length: each }, () => ({})),
    );
  return { target, org, desks: made };
}

/** The executions behind what arrived, with whose they are. */
async function executionsOf(keys: string[]) {
  return db.select().from(executions).where(inArray(executions.actionKey, keys));
}

async function useOnce(
  load: { target: Awaited<ReturnType<typeof aLedger>>; org: TestOrg; desk: TestDesk },
  scope: StopScope,
) {
  const { target, org, desk } = load;
  const scope_id = idIn(scope, desk);
  const asked = performance.now();
  const answer = await stop(org.reviewer, { scope, scope_id, reason: "drill" });
  const returned = performance.now();
  await wait(60);
  const late = target.arrivals.filter((arrival) => arrival.at > returned).map((arrival) => arrival.key);
  const rows = late.length > 0 ? await executionsOf(late) : [];
  const mine = rows.filter((row) => ids(row).includes(scope_id ?? org.orgId));
  await resume(org.admin, { scope, scope_id, reason: "drill is over" });
  return {
    tookMs: returned - asked,
    reported: answer.in_flight.count,
    arrivedAfter: mine.length,
    beyond: mine.filter((row) => !answer.in_flight.execution_ids.includes(row.id)).map((row) => row.id),
  };
}

function ids(row: typeof executions.$inferSelect): (string | null)[] {
  return [row.orgId, row.appId, row.typeId, row.connectorId];
}

test(
  `the kill switch, ${uses} uses under load over all scopes: nothing is sent beyond what it reported`,
  { timeout: 60_000 + uses * 1000 },
  async () => {
    const answerMs = () => Math.random() * 30;
    const { target, org, desks } = await aLoad(2, Math.max(2500, uses * 80), answerMs);
    const workers = manyWorkers(url, org, 4, { capacity: 32 });
    await wait(200);
    const told = [];
    for (let use = 0; use < uses; use++) {
      const scope = stopScopes[use % stopScopes.length] ?? "global";
      const desk = desks[use % 2] ?? desks[0];
      if (desk) told.push(await useOnce({ target, org, desk }, scope));
      await wait(Math.random() * 40);
    }
    const sent = target.arrivals.length;
    for (const desk of desks) await manyPending(db, org, desk, [{}, {}]);
    // After the last resume work goes on; how soon is the machine's matter.
    await expect.poll(() => target.arrivals.length, { timeout: 20_000 }).toBeGreaterThan(sent);
    await workers.stop();
    target.close();
    const times = told.map((use) => use.tookMs).toSorted((a, b) => a - b);
    const p99 = times[Math.ceil(times.length * 0.99) - 1] ?? 0;
    const reported = told.reduce((sum, use) => sum + use.reported, 0);
    const beyond = told.flatMap((use) => use.beyond);
    const after = told.reduce((sum, use) => sum + use.arrivedAfter, 0);
    process.stdout.write(
      `kill switch: ${uses} uses, ${sent} sends, ${reported} reported in flight, ${after} arrived after the answer, ` +
        `${beyond.length} of them beyond; p50 ${times[Math.floor(times.length / 2)]?.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms\n`,
    );
    expect(beyond).toEqual([]);
    expect(reported).toBeGreaterThan(0);
    expect(p99).toBeLessThan(2000);
  },
);

describe("a stop", () => {
  test.each(stopScopes)(
    "of scope %s holds back what it names, lists what was under way, and nothing else",
    async (scope) => {
      const { target, org, desks } = await aLoad(2, 3, () => 0);
      const [desk, other] = desks;
      if (!desk || !other) throw new Error("no desks");
      const [first] = (await claimSome(org, { limit: 6 })).sends;
      const underWay = await db
        .select()
        .from(executions)
        .where(inArray(executions.status, ["in_flight"]));
      const own = underWay.filter((row) => ids(row).includes(idIn(scope, desk) ?? org.orgId));
      expect(first).toBeDefined();
      await manyPending(db, org, desk, [{}, {}]);
      await manyPending(db, org, other, [{}, {}, {}]);
      const answer = await stop(org.reviewer, { scope, scope_id: idIn(scope, desk), reason: "drill" });
      expect(answer.in_flight.execution_ids.toSorted()).toEqual(own.map((row) => row.id).toSorted());
      expect((await claimSome(org)).sends).toHaveLength(scope === "global" ? 0 : 3);
      await resume(org.admin, { scope, scope_id: idIn(scope, desk), reason: "over" });
      expect((await claimSome(org)).sends).toHaveLength(scope === "global" ? 5 : 2);
      target.close();
    },
  );
});
