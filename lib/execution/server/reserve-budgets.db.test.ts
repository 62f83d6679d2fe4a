import { and, eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { budgetReservations, budgets, budgetUsage, decisionTypes, executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, aRefundDesk, anOrg, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { newId } from "@/lib/kernel/ids";
import { closeConnectors } from "./connectors/connector-of";
import { returnToReview } from "./return-to-review";
import { settleExecutions } from "./settle-executions";
import { claimSome, executionRow, letTimePass, resultOf } from "./testing";
import { aLedger, manyPending, manyWorkers, untilQuiet } from "./testing-load";

const { db, url } = await testDatabase();
afterAll(closeConnectors);

const runs = Number(process.env.COUNTERSIGN_BUDGET_RUNS ?? 8);

type NewBudget = Partial<typeof budgets.$inferInsert>;
async function aBudget(org: TestOrg, set: NewBudget & { scopeId: string }): Promise<string> {
  const id = newId("budget");
  await db
    .insert(budgets)
    .values({ scope: "app", period: "day", updatedBy: "test", ...set, id, orgId: org.orgId });
  return id;
}

async function usedOf(budgetId: string, bucket = "") {
  const [row] = await db
    .select({ amount: budgetUsage.amount, count: budgetUsage.count })
    .from(budgetUsage)
    .where(and(eq(budgetUsage.budgetId, budgetId), eq(budgetUsage.bucket, bucket)));
  return row ?? { amount: 0, count: 0 };
}

async function aDesk() {
  const org = await anOrg(db);
  return { org, desk: await aRefundDesk(db, org) };
}

const acts = (count: number, amount: number) => Array.from({ length: count }, () => ({ amount }));

async function claimAndReturn(org: TestOrg) {
  const claim = await claimSome(org);
  for (const each of claim.returns) await returnToReview(org.system, each);
  return claim;
}

describe("a budget", () => {
  test("lets through what fits, and gives the rest back to a person with the reason", async () => {
    const { org, desk } = await aDesk();
    const budget = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 5000 });
    const ids = await manyPending(db, org, desk, [{ amount: 3000 }, { amount: 2500 }, { amount: 2000 }]);
    const claim = await claimAndReturn(org);
    const [first = "", , third = ""] = ids;
    expect(new Set(claim.sends.map((send) => send.executionId))).toEqual(new Set([first, third]));
    expect(claim.returns).toEqual([
      {
        executionId: ids[1],
        returned: {
          code: "over_budget",
          message: "The budget of €50.00 a day for this app has €20.00 left; this needs €25.00.",
          changes: [],
        },
      },
    ]);
    expect(await executionRow(db, ids[1] ?? "")).toMatchObject({ status: "cancelled", attempt: 0 });
    expect(await usedOf(budget)).toEqual({ amount: 5000, count: 2 });
  });

  test("counts an execution once, however often it is sent", async () => {
    const { org, desk } = await aDesk();
    const budget = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 2000, maxCount: 1 });
    await manyPending(db, org, desk, acts(1, 1800));
    for (let sends = 1; sends <= 3; sends++) {
      const [claimed] = (await claimSome(org)).sends;
      expect(claimed).toMatchObject({ attempt: sends });
      if (claimed) await settleExecutions(org.system, [resultOf(claimed, "no_answer")]);
      await letTimePass(db, org);
    }
    expect(await usedOf(budget)).toEqual({ amount: 1800, count: 1 });
  });

  test("gets back what a refused act had reserved, and what was never written", async () => {
    const { org, desk } = await aDesk();
    const budget = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 2000 });
    await manyPending(db, org, desk, acts(1, 1800));
    const [first] = (await claimSome(org)).sends;
    if (first) await settleExecutions(org.system, [resultOf(first, "not_sent")]);
    expect(await usedOf(budget)).toEqual({ amount: 0, count: 0 });
    await letTimePass(db, org);
    const [second] = (await claimSome(org)).sends;
    expect(await usedOf(budget)).toEqual({ amount: 1800, count: 1 });
    if (second) await settleExecutions(org.system, [resultOf(second, 402)]);
    expect(await usedOf(budget)).toEqual({ amount: 0, count: 0 });
    await manyPending(db, org, desk, acts(1, 2000));
    expect((await claimSome(org)).sends).toHaveLength(1);
  });

  test("counts again what was given back and turns out to have happened", async () => {
    const { org, desk } = await aDesk();
    const budget = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 2000 });
    const [id = ""] = await manyPending(db, org, desk, acts(1, 1800));
    const [claimed] = (await claimSome(org)).sends;
    if (claimed) await settleExecutions(org.system, [resultOf(claimed, 402)]);
    await db.update(executions).set({ status: "disputed" }).where(eq(executions.id, id));
    expect(await usedOf(budget)).toEqual({ amount: 1800, count: 1 });
    await db.update(executions).set({ status: "failed" }).where(eq(executions.id, id));
    expect(await usedOf(budget)).toEqual({ amount: 0, count: 0 });
  });

  test.each([
    ["app", (desk: TestDesk) => desk.app],
    ["connector", (desk: TestDesk) => desk.connector],
    ["type", (desk: TestDesk) => desk.type],
  ] as const)("of scope %s binds what it names and nothing else", async (scope, idOf) => {
    const { org, desk } = await aDesk();
    const other = await aRefundDesk(db, org);
    await aBudget(org, { scope, scopeId: idOf(desk), period: "hour", maxCount: 2 });
    await manyPending(db, org, desk, acts(4, 100));
    const free = await manyPending(db, org, other, acts(4, 100));
    const { sends, returns } = await claimAndReturn(org);
    expect(returns.map((each) => each.returned.message)).toEqual(
      Array.from({ length: 2 }, () => expect.stringMatching(/^The budget of 2 acts an hour for this/)),
    );
    expect(sends).toHaveLength(6);
    expect(free.every((id) => sends.some((send) => send.executionId === id))).toBe(true);
  });

  test("of scope subject counts each subject of the app apart, and leaves out who has none", async () => {
    const { org, desk } = await aDesk();
    const budget = await aBudget(org, { scope: "subject", scopeId: desk.app, maxCount: 1 });
    await manyPending(db, org, desk, [{ subject: "ada" }, { subject: "ada" }, { subject: "bo" }, {}, {}]);
    const { sends, returns } = await claimAndReturn(org);
    expect([sends.length, returns.length]).toEqual([4, 1]);
    expect(await usedOf(budget, "customer:ada")).toMatchObject({ count: 1 });
  });

  test("in one currency has no room for another's money: no amount gets past a cap by its currency", async () => {
    const { org, desk } = await aDesk();
    const euros = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    const [dollars = ""] = await manyPending(db, org, desk, [
      { amount: 1, currency: "USD" },
      { amount: 1000, currency: "EUR" },
      { amount: 0, currency: "USD" },
    ]);
    const claim = await claimAndReturn(org);
    expect(claim.sends).toHaveLength(2);
    expect(claim.returns).toMatchObject([
      {
        executionId: dollars,
        returned: {
          code: "over_budget",
          message: "The budget of money a day for this app is in EUR, and none is in USD: this needs $0.01.",
        },
      },
    ]);
    expect(await usedOf(euros)).toEqual({ amount: 1000, count: 2 });
  });

  test("of the other currency, on the same scope, makes its room; one elsewhere or archived does not", async () => {
    const { org, desk } = await aDesk();
    await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    const elsewhere = { currency: "USD", maxAmount: 9000 };
    await aBudget(org, { scope: "connector", scopeId: desk.connector, ...elsewhere });
    const old = await aBudget(org, { scopeId: desk.app, ...elsewhere, archivedAt: new Date() });
    const usd = [{ amount: 500, currency: "USD" }];
    await manyPending(db, org, desk, usd);
    expect(await claimAndReturn(org)).toMatchObject({ sends: [], returns: [{}] });
    await db.update(budgets).set({ archivedAt: null }).where(eq(budgets.id, old));
    await manyPending(db, org, desk, usd);
    // There is room for euros in the app's, and none in the connector's.
    await manyPending(db, org, desk, [{ amount: 500, currency: "EUR" }]);
    const { sends, returns } = await claimAndReturn(org);
    expect([sends.length, returns.length]).toEqual([1, 1]);
    expect(await usedOf(old)).toEqual({ amount: 500, count: 1 });
  });

  test("of money counts the acts of a type that moves none", async () => {
    const { org, desk } = await aDesk();
    await db.update(decisionTypes).set({ amountPointer: null }).where(eq(decisionTypes.id, desk.type));
    const euros = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    const all = await aBudget(org, { scopeId: desk.app, maxCount: 2 });
    await manyPending(db, org, desk, [
      { amount: null, currency: null },
      { amount: 1000, currency: "EUR" },
    ]);
    expect((await claimSome(org)).sends).toHaveLength(2);
    expect(await usedOf(euros)).toEqual({ amount: 1000, count: 2 });
    expect(await usedOf(all)).toEqual({ amount: 0, count: 2 });
    await manyPending(db, org, desk, [{ amount: 1, currency: "EUR" }]);
    expect((await claimSome(org)).returns).toHaveLength(1);
  });

  test("of money is no room for an act whose amount nobody can read; a count alone is", async () => {
    const { org, desk } = await aDesk();
    const acts = await aBudget(org, { scopeId: desk.app, maxCount: 3 });
    await manyPending(db, org, desk, [{ amount: null, currency: null }]);
    expect((await claimSome(org)).sends).toHaveLength(1);
    const euros = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    await manyPending(db, org, desk, [{ amount: null, currency: null }]);
    expect(await claimAndReturn(org)).toMatchObject({
      sends: [],
      returns: [{ returned: { code: "over_budget", message: expect.stringContaining("cannot be read") } }],
    });
    expect([await usedOf(acts), await usedOf(euros)]).toMatchObject([{ count: 1 }, { count: 0 }]);
  });

  test("counts what a person approved, not what was proposed", async () => {
    const { org, desk } = await aDesk();
    const budget = await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 5000 });
    const { id } = await aDecision(db, org, desk);
    const editedArguments = { invoice: "INV-0001", amount: 700, currency: "EUR" };
    await moveDecision(org.reviewer, {
      decisionId: id,
      from: ["in_review"],
      to: "approved",
      editedArguments,
    });
    expect((await claimSome(org)).sends).toHaveLength(1);
    expect(await usedOf(budget)).toEqual({ amount: 700, count: 1 });
  });

  test("is reserved in all that cover an act, or in none", async () => {
    const { org, desk } = await aDesk();
    const wide = await aBudget(org, { scope: "type", scopeId: desk.type, currency: "EUR", maxAmount: 9000 });
    await aBudget(org, { scope: "app", scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    await manyPending(db, org, desk, acts(1, 5000));
    expect(await claimSome(org)).toMatchObject({ sends: [], returns: [{}] });
    expect(await usedOf(wide)).toEqual({ amount: 0, count: 0 });
    expect(await db.select().from(budgetReservations).where(eq(budgetReservations.budgetId, wide))).toEqual(
      [],
    );
  });
});

test(
  `a cap of 1,000 and a demand of 5,000, ten workers, ${runs} runs: the target never sees more`,
  { timeout: 60_000 + runs * 10_000 },
  async () => {
    const sums: number[] = [];
    for (let run = 0; run < runs; run++) {
      const target = await aLedger({ answerMs: () => Math.random() * 10 });
      const org = await anOrg(db);
      const desk = await aRefundDesk(db, org, { baseUrl: target.baseUrl });
      await aBudget(org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
      await aBudget(org, { scope: "connector", scopeId: desk.connector, maxCount: 1000 });
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
    await aBudget(org, { scopeId: each.app, maxCount: 10_000 });
    await aBudget(org, { scope: "type", scopeId: each.type, maxCount: 10_000 });
    await aBudget(org, { scope: "connector", scopeId: each.connector, period: "hour", maxCount: 10_000 });
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
