import { and, eq, ne, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import type { ConnectorClass } from "@/lib/apps/schema";
import { executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import { closeConnectors } from "./connectors/connector-of";
import { executionRunner } from "./run-executions";
import { sweepExecutions } from "./sweep-executions";
import { aTarget, somePending, type Behaviour } from "./testing";

const { db } = await testDatabase();
afterAll(closeConnectors);

/** The faults of reliability.md §5.3, drawn from a seed: what the target does, and what it lets us know. */
function faults(seed: number): Behaviour {
  let state = seed;
  const draw = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  return () => {
    const at = draw();
    if (at < 0.08) return { acts: false, answer: "cut" };
    if (at < 0.2) return { acts: true, answer: "cut" };
    if (at < 0.28) return { acts: false, answer: "error" };
    if (at < 0.34) return { acts: true, answer: "error" };
    if (at < 0.44) return { acts: true, answer: "late" };
    if (at < 0.48) return { acts: false, answer: "refuse" };
    if (at < 0.5) return { acts: true, answer: "garbage" };
    return { acts: true, answer: "ok" };
  };
}

/** Waits are cut short, so that eight attempts take seconds; a look-up still waits for its settle delay. */
async function hurry(org: TestOrg): Promise<void> {
  await db.execute(sql`update executions set next_at = now() where org_id = ${org.orgId} and not needs_person
    and status in ('pending', 'unknown') and next_at > now() + interval '400 milliseconds'
    and updated_at < now() - interval '600 milliseconds'`);
}

async function open(org: TestOrg): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(executions)
    .where(and(eq(executions.orgId, org.orgId), ne(executions.needsPerson, true), sql`settled_at is null`));
  return row?.n ?? 0;
}

test.each([
  ["A", 70],
  ["B", 70],
  ["C", 60],
] as const)(
  "class %s, %i decisions, half the answers lost: nothing doubled, no failure that happened",
  async (connectorClass: ConnectorClass, count) => {
    const target = await aTarget(faults(20_261_122 + connectorClass.charCodeAt(0)), {
      dedupes: connectorClass === "A",
    });
    process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = target.host;
    const org = await anOrg(db);
    const desk = await aRefundDesk(db, org, { connectorClass, baseUrl: target.baseUrl });
    await db.execute(
      sql`update connectors set config = config || '{"timeout_ms": 600, "settle_delay_ms": 600}' where id = ${desk.connector}`,
    );
    await somePending(db, org, desk, count);
    const runners = [1, 2, 3].map((n) => executionRunner({ workerId: `worker:${n}`, capacity: 12 }));

    const until = performance.now() + 30_000;
    while ((await open(org)) > 0 && performance.now() < until) {
      await Promise.all(runners.map((runner) => runner.run(org.system)));
      await sweepExecutions(org.system);
      await hurry(org);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await Promise.all(runners.map((runner) => runner.drain()));
    target.close();

    const rows = await db.select().from(executions).where(eq(executions.orgId, org.orgId));
    const effects = (key: string) => target.ledger.get(key) ?? 0;
    const keysOf = (isBad: (row: (typeof rows)[number]) => boolean) =>
      rows.filter(isBad).map((row) => row.actionKey);
    expect(keysOf((row) => effects(row.actionKey) > 1)).toEqual([]);
    expect(keysOf((row) => row.status === "failed" && effects(row.actionKey) > 0)).toEqual([]);
    expect(keysOf((row) => row.status === "succeeded" && effects(row.actionKey) === 0)).toEqual([]);
    expect(await open(org)).toBe(0);
    expect(rows.filter((row) => row.status === "succeeded").length).toBeGreaterThan(0);
    if (connectorClass === "C")
      expect(keysOf((row) => (target.sends.get(row.actionKey) ?? 0) > 1)).toEqual([]);
  },
  60_000,
);

test("the negative control: a blind retry on a target without dedupe doubles", async () => {
  const target = await aTarget(faults(7), { dedupes: false });
  const blindly = async (key: string) => {
    const body = JSON.stringify({ metadata: { action_key: key } });
    for (let tries = 0; tries < 3; tries++) {
      const answer = await fetch(target.baseUrl, { method: "POST", body }).catch(() => undefined);
      if (answer?.ok || answer?.status === 402) return;
    }
  };
  await Promise.all(Array.from({ length: 100 }, (_, n) => blindly(`k${n}`)));
  target.close();
  expect([...target.ledger.values()].filter((times) => times > 1).length).toBeGreaterThan(0);
}, 30_000);
