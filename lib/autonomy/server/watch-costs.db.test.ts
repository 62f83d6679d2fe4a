import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { decisionTypes } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { foldEpochs } from "./fold-epochs";
import { recomputeEpoch } from "./recompute-epoch";
import { aContract, aSeries, type TestContract } from "./testing-contracts";
import { watchContracts } from "./watch-contracts";

const { db } = await testDatabase();
const deployments = [{ after: "dec_00", day: "2026-03-01", threshold: 0.6, auditRate: 0.001 }];
const inForce = { predicted: "positive", level: "auto", threshold: 0.6, auditRate: 0.001 } as const;

describe("what a wrong decision costs", () => {
  const cost = { budget: 200, cap: 10_000 };
  const pins = {
    policies: [],
    model: null,
    prompt: null,
    costs: { yes: 5000, no: 0, currency: "EUR", amount: "/amount /currency" },
  };
  const limited = (terms: object) =>
    aContract(db, { ...inForce, amountFrom: 0, amountTo: 10_000, terms, epoch: { deployments, pins } });
  const reprice = (of: TestContract, costWrongYes: number) =>
    db.update(decisionTypes).set({ costWrongYes }).where(eq(decisionTypes.id, of.desk.type));

  test("is another promise once its type says otherwise: one person's change begins a new period", async () => {
    const of = await limited({ alpha: 0.02, cost });
    await reprice(of, 5000);
    expect(await watchContracts(of.org.system)).toBe(0);
    await reprice(of, 1);
    expect(await watchContracts(of.org.system)).toBe(1);
    expect(await of.contract()).toMatchObject({ level: "review_all", threshold: null });
    expect(await of.openEpoch()).toMatchObject({ number: 2, cause: "terms_changed" });
    expect((await of.told()).map(({ type }) => type)).toEqual(["contract.stepped_down"]);
    expect((await of.openEpoch()).pins).toMatchObject({ costs: { yes: 1 } });
    expect(await watchContracts(of.org.system)).toBe(0);
  });

  test("is counted as it was when the period began, whatever its type says meanwhile", async () => {
    const of = await limited({ alpha: 0.02, cost });
    await aSeries(db, of, {
      from: 0,
      count: 30,
      score: 0.4,
      piRef: 0.001,
      predicted: "positive",
      wrongEvery: 10,
    });
    await reprice(of, 5000);
    await foldEpochs(of.org.system, { settleSeconds: 0 });
    const before = await of.state();
    await reprice(of, 1);
    expect(await recomputeEpoch(of.org.system, of.ids.contract, { settleSeconds: 0 })).toBe("agrees");
    expect(await of.state()).toEqual(before);
  });

  test("and where its type reads an amount is part of it, for a band of amounts", async () => {
    const of = await aContract(db, {
      ...inForce,
      amountFrom: 0,
      amountTo: 10_000,
      epoch: { deployments, pins },
    });
    expect(await watchContracts(of.org.system)).toBe(0);
    await db.update(decisionTypes).set({ amountPointer: "/fee" }).where(eq(decisionTypes.id, of.desk.type));
    expect(await watchContracts(of.org.system)).toBe(1);
    expect(await of.openEpoch()).toMatchObject({
      cause: "terms_changed",
      why: expect.stringContaining("amounts from elsewhere"),
    });
  });

  test("is of no matter to a limit on errors without a band", async () => {
    const of = await aContract(db, { ...inForce, epoch: { deployments } });
    await reprice(of, 77);
    expect(await watchContracts(of.org.system)).toBe(0);
    await reprice(of, 78);
    expect(await watchContracts(of.org.system)).toBe(0);
  });
});
