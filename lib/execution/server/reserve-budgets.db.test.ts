import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { budgetReservations, executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, type TestDesk } from "@/db/testing-fixtures";
import { settleExecutions } from "./settle-executions";
import { claimSome, executionRow, letTimePass, resultOf } from "./testing";
import { aBudget, aDesk, acts, claimAndReturn, usedOf } from "./testing-budgets";
import { manyPending } from "./testing-load";

const { db } = await testDatabase();

describe("a budget", () => {
  test("lets through what fits, and gives the rest back to a person with the reason", async () => {
    const { org, desk } = await aDesk(db);
    const budget = await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 5000 });
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
    expect(await usedOf(db, budget)).toEqual({ amount: 5000, count: 2 });
  });

  test("counts an execution once, however often it is sent", async () => {
    const { org, desk } = await aDesk(db);
    const budget = await aBudget(db, org, {
      scopeId: desk.app,
      currency: "EUR",
      maxAmount: 2000,
      maxCount: 1,
    });
    await manyPending(db, org, desk, acts(1, 1800));
    for (let sends = 1; sends <= 3; sends++) {
      const [claimed] = (await claimSome(org)).sends;
      expect(claimed).toMatchObject({ attempt: sends });
      if (claimed) await settleExecutions(org.system, [resultOf(claimed, "no_answer")]);
      await letTimePass(db, org);
    }
    expect(await usedOf(db, budget)).toEqual({ amount: 1800, count: 1 });
  });

  test("gets back what a refused act had reserved, and what was never written", async () => {
    const { org, desk } = await aDesk(db);
    const budget = await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 2000 });
    await manyPending(db, org, desk, acts(1, 1800));
    const [first] = (await claimSome(org)).sends;
    if (first) await settleExecutions(org.system, [resultOf(first, "not_sent")]);
    expect(await usedOf(db, budget)).toEqual({ amount: 0, count: 0 });
    await letTimePass(db, org);
    const [second] = (await claimSome(org)).sends;
    expect(await usedOf(db, budget)).toEqual({ amount: 1800, count: 1 });
    if (second) await settleExecutions(org.system, [resultOf(second, 402)]);
    expect(await usedOf(db, budget)).toEqual({ amount: 0, count: 0 });
    await manyPending(db, org, desk, acts(1, 2000));
    expect((await claimSome(org)).sends).toHaveLength(1);
  });

  test("counts again what was given back and turns out to have happened", async () => {
    const { org, desk } = await aDesk(db);
    const budget = await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 2000 });
    const [id = ""] = await manyPending(db, org, desk, acts(1, 1800));
    const [claimed] = (await claimSome(org)).sends;
    if (claimed) await settleExecutions(org.system, [resultOf(claimed, 402)]);
    await db.update(executions).set({ status: "disputed" }).where(eq(executions.id, id));
    expect(await usedOf(db, budget)).toEqual({ amount: 1800, count: 1 });
    await db.update(executions).set({ status: "failed" }).where(eq(executions.id, id));
    expect(await usedOf(db, budget)).toEqual({ amount: 0, count: 0 });
  });

  test.each([
    ["app", (desk: TestDesk) => desk.app],
    ["connector", (desk: TestDesk) => desk.connector],
    ["type", (desk: TestDesk) => desk.type],
  ] as const)("of scope %s binds what it names and nothing else", async (scope, idOf) => {
    const { org, desk } = await aDesk(db);
    const other = await aRefundDesk(db, org);
    await aBudget(db, org, { scope, scopeId: idOf(desk), period: "hour", maxCount: 2 });
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
    const { org, desk } = await aDesk(db);
    const budget = await aBudget(db, org, { scope: "subject", scopeId: desk.app, maxCount: 1 });
    await manyPending(db, org, desk, [{ subject: "ada" }, { subject: "ada" }, { subject: "bo" }, {}, {}]);
    const { sends, returns } = await claimAndReturn(org);
    expect([sends.length, returns.length]).toEqual([4, 1]);
    expect(await usedOf(db, budget, "customer:ada")).toMatchObject({ count: 1 });
  });

  test("is reserved in all that cover an act, or in none", async () => {
    const { org, desk } = await aDesk(db);
    const wide = await aBudget(db, org, {
      scope: "type",
      scopeId: desk.type,
      currency: "EUR",
      maxAmount: 9000,
    });
    await aBudget(db, org, { scope: "app", scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    await manyPending(db, org, desk, acts(1, 5000));
    expect(await claimSome(org)).toMatchObject({ sends: [], returns: [{}] });
    expect(await usedOf(db, wide)).toEqual({ amount: 0, count: 0 });
    expect(await db.select().from(budgetReservations).where(eq(budgetReservations.budgetId, wide))).toEqual(
      [],
    );
  });
});
