import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { budgets, decisionTypes } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision } from "@/db/testing-fixtures";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { claimSome } from "./testing";
import { aBudget, aDesk, claimAndReturn, usedOf } from "./testing-budgets";
import { manyPending } from "./testing-load";

const { db } = await testDatabase();

describe("a budget of money", () => {
  test("in one currency has no room for another's money: no amount gets past a cap by its currency", async () => {
    const { org, desk } = await aDesk(db);
    const euros = await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
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
    expect(await usedOf(db, euros)).toEqual({ amount: 1000, count: 2 });
  });

  test("of the other currency, on the same scope, makes its room; one elsewhere or archived does not", async () => {
    const { org, desk } = await aDesk(db);
    await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    const elsewhere = { currency: "USD", maxAmount: 9000 };
    await aBudget(db, org, { scope: "connector", scopeId: desk.connector, ...elsewhere });
    const old = await aBudget(db, org, { scopeId: desk.app, ...elsewhere, archivedAt: new Date() });
    const usd = [{ amount: 500, currency: "USD" }];
    await manyPending(db, org, desk, usd);
    expect(await claimAndReturn(org)).toMatchObject({ sends: [], returns: [{}] });
    await db.update(budgets).set({ archivedAt: null }).where(eq(budgets.id, old));
    await manyPending(db, org, desk, usd);
    // There is room for euros in the app's, and none in the connector's.
    await manyPending(db, org, desk, [{ amount: 500, currency: "EUR" }]);
    const { sends, returns } = await claimAndReturn(org);
    expect([sends.length, returns.length]).toEqual([1, 1]);
    expect(await usedOf(db, old)).toEqual({ amount: 500, count: 1 });
  });

  test("counts the acts of a type that moves none", async () => {
    const { org, desk } = await aDesk(db);
    await db.update(decisionTypes).set({ amountPointer: null }).where(eq(decisionTypes.id, desk.type));
    const euros = await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    const all = await aBudget(db, org, { scopeId: desk.app, maxCount: 2 });
    await manyPending(db, org, desk, [
      { amount: null, currency: null },
      { amount: 1000, currency: "EUR" },
    ]);
    expect((await claimSome(org)).sends).toHaveLength(2);
    expect(await usedOf(db, euros)).toEqual({ amount: 1000, count: 2 });
    expect(await usedOf(db, all)).toEqual({ amount: 0, count: 2 });
    await manyPending(db, org, desk, [{ amount: 1, currency: "EUR" }]);
    expect((await claimSome(org)).returns).toHaveLength(1);
  });

  test("is no room for an act whose amount nobody can read; a count alone is", async () => {
    const { org, desk } = await aDesk(db);
    const acts = await aBudget(db, org, { scopeId: desk.app, maxCount: 3 });
    await manyPending(db, org, desk, [{ amount: null, currency: null }]);
    expect((await claimSome(org)).sends).toHaveLength(1);
    const euros = await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 1000 });
    await manyPending(db, org, desk, [{ amount: null, currency: null }]);
    expect(await claimAndReturn(org)).toMatchObject({
      sends: [],
      returns: [{ returned: { code: "over_budget", message: expect.stringContaining("cannot be read") } }],
    });
    expect([await usedOf(db, acts), await usedOf(db, euros)]).toMatchObject([{ count: 1 }, { count: 0 }]);
  });

  test("counts what a person approved, not what was proposed", async () => {
    const { org, desk } = await aDesk(db);
    const budget = await aBudget(db, org, { scopeId: desk.app, currency: "EUR", maxAmount: 5000 });
    const { id } = await aDecision(db, org, desk);
    const editedArguments = { invoice: "INV-0001", amount: 700, currency: "EUR" };
    await moveDecision(org.reviewer, {
      decisionId: id,
      from: ["in_review"],
      to: "approved",
      editedArguments,
    });
    expect((await claimSome(org)).sends).toHaveLength(1);
    expect(await usedOf(db, budget)).toEqual({ amount: 700, count: 1 });
  });
});
