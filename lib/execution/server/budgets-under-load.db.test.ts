import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { budgets, budgetUsage } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { closeConnectors } from "./connectors/connector-of";
import { aBudget, acts } from "./testing-budgets";
import { aLedger, manyPending, manyWorkers, untilQuiet } from "./testing-load";

const { db, url } = await testDatabase();
afterAll(closeConnectors);

const runs = Number(process.env.COUNTERSIGN_BUDGET_RUNS ?? 8);

test(
  `a cap of 1,000 and a demand of 5,000, ten workers, ${runs} runs: the target never sees more`,
  { timeout: 60_000 + runs * 10_000 },
  async () => {
    const sums: number[] = [];
    for (let run = 0; run < runs; run++) {
      const target = await aLedger({ answerMs: () => Math.random() * 10 });
      const org = await anOrg(db);
      const desk = await aRefundDesk(db, org, { baseUrl: target.baseUrl });
      await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
      await aBudget(db, org, { scope: "connector", scopeId: desk.connector, maxCount: 1000 });
      // 250 acts of 1 to 39, 20 on average.
      const demand = Array.from({ length: 250 }, (_, at) => ({ amount: 1 + ((at * 7 + run) % 39) }));
      await manyPending(db, org, desk, demand);
      const workers = manyWorkers(url, org, 10, { capacity: 8 });
      await untilQuiet(db, org);
      await workers.stop();
      target.close();
      sums.push(target.arrivals.reduce((sum, arrival) => sum + arrival.amount, 0));
      const keys = new Set(target.arrivals.map((arrival) => arrival.key));
      expect(keys.size).toBe(target.arrivals.length);
    }
    process.stdout.write(`budgets: ${runs} runs, cap 1000, effects ${sums.join(" ")}\n`);
    expect(Math.max(...sums)).toBeLessThanOrEqual(1000);
    expect(Math.min(...sums)).toBeGreaterThan(950);
  },
);

test("workers that claim and workers that give back the same budgets never wait for each other in a circle", async () => {
  const target = await aLedger({ answerMs: () => Math.random() * 5, status: 402 });
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { baseUrl: target.baseUrl });
  const other = await aRefundDesk(db, org, { baseUrl: target.baseUrl });
  for (const each of [desk, other]) {
    await aBudget(db, org, { scopeId: each.app, maxCount: 10_000 });
    await aBudget(db, org, { scope: "type", scopeId: each.type, maxCount: 10_000 });
    await aBudget(db, org, { scope: "connector", scopeId: each.connector, period: "hour", maxCount: 10_000 });
  }
  await manyPending(db, org, desk, acts(300, 1));
  await manyPending(db, org, other, acts(300, 1));
  const before = await deadlocks();
  const workers = manyWorkers(url, org, 6, { capacity: 16 });
  await untilQuiet(db, org);
  await workers.stop();
  target.close();
  expect(await deadlocks()).toBe(before);
  expect(target.arrivals).toHaveLength(600);
  const [used] = await db
    .select({ count: sql<number>`coalesce(sum(${budgetUsage.count}), 0)::int` })
    .from(budgetUsage)
    .innerJoin(budgets, eq(budgets.id, budgetUsage.budgetId))
    .where(eq(budgets.orgId, org.orgId));
  expect(used?.count).toBe(0);
});

async function deadlocks(): Promise<number> {
  const [row] = (
    (await db.execute(
      sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`,
    )) as unknown as { rows: { n: number }[] }
  ).rows;
  return row?.n ?? -1;
}
