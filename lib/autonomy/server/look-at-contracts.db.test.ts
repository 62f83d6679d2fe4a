import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { contractEpochs, contracts } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { foldEpochs } from "./fold-epochs";
import { lookAtContracts } from "./look-at-contracts";
import { recomputeEpoch } from "./recompute-epoch";
import { aContract, aSeries, nthDecision, type TestContract } from "./testing-contracts";

const { db } = await testDatabase();

const foldNow = (of: TestContract) => foldEpochs(of.org.system, { settleSeconds: 0 });
const lookOn = (of: TestContract, day: string) => lookAtContracts(of.org.system, { day, settleSeconds: 0 });
const kindsOf = async (of: TestContract) => (await of.changes()).map(({ kind }) => kind);
const didOf = async (of: TestContract) => (await of.told()).map(({ data }) => data["did"]);
const deployedAt = (threshold: number, day = "2026-03-01") => [
  { after: "dec_00", day, threshold, auditRate: 0.2 },
];

describe("out of shadow", () => {
  test("200 recorded confidences freeze the thresholds without waiting for the night, and people begin to rule", async () => {
    const of = await aContract(db, { level: "shadow", epoch: { grid: null } });
    await aSeries(db, of, { from: 0, count: 150, route: "shadow", score: 0.7 });
    await foldNow(of);
    expect((await of.epoch()).grid).toBeNull();
    await aSeries(db, of, { from: 150, count: 100, route: "shadow", score: 0.9 });
    await foldNow(of);
    expect(await of.epoch()).toMatchObject({ grid: [0.7, 0.9], evidenceAfter: nthDecision(of, 249) });
    expect((await of.contract()).level).toBe("review_all");
    expect(await kindsOf(of)).toEqual(["shadow_ended"]);
    expect(await didOf(of)).toEqual(["grid_frozen", "shadow_ended"]);
  });

  test("rulings from before the thresholds were frozen are no evidence", async () => {
    const of = await aContract(db, { epoch: { grid: null } });
    await aSeries(db, of, { from: 0, count: 220 });
    await foldNow(of);
    expect((await of.epoch()).state).toBeNull();
    await aSeries(db, of, { from: 220, count: 15 });
    await foldNow(of);
    expect(await of.state()).toMatchObject({ records: 15 });
  });
});

test("a certified threshold is told of once, with its figures; promoting it is people's", async () => {
  const of = await aContract(db);
  await aSeries(db, of, { from: 0, count: 500 });
  await foldNow(of);
  expect(await lookOn(of, "2026-03-10")).toBe(1);
  expect(await of.contract()).toMatchObject({ level: "review_all", lookedOn: "2026-03-10" });
  expect((await of.told())[0]?.data).toMatchObject({
    did: "certified",
    proposal: "promote",
    threshold: 0.3,
    n: 500,
  });
  expect(await lookOn(of, "2026-03-10")).toBe(0);
  expect(await lookOn(of, "2026-03-11")).toBe(1);
  expect(await didOf(of)).toEqual(["certified"]);
  expect(await kindsOf(of)).toEqual([]);
});

describe("expansion", () => {
  async function anExpanding() {
    const of = await aContract(db, {
      level: "auto",
      threshold: 0.9,
      auditRate: 0.2,
      terms: { expands: "by_itself", ramp: [1] },
      epoch: { deployments: deployedAt(0.9) },
    });
    // From 0.6 on all is right; above 0.3 so much is wrong at first that it takes many more.
    await aSeries(db, of, { from: 0, count: 60, score: 0.4, wrongEvery: 2 });
    await aSeries(db, of, { from: 60, count: 600, score: 0.7 });
    await foldNow(of);
    return of;
  }

  test("comes by itself where the terms say so, at most once a day, and the fold goes on from there", async () => {
    const of = await anExpanding();
    const today = new Date().toISOString().slice(0, 10);
    await lookOn(of, today);
    expect(await of.contract()).toMatchObject({ level: "auto", threshold: 0.6 });
    expect((await kindsOf(of)).filter((kind) => kind === "expanded")).toHaveLength(1);
    const { deployments } = await of.epoch();
    expect(deployments.map(({ threshold, day }) => [threshold, day])).toContainEqual([0.6, today]);
    expect((await of.told())[0]).toMatchObject({
      type: "contract.promoted",
      data: { did: "expanded", threshold: 0.6 },
    });
    await aSeries(db, of, { from: 660, count: 4000, score: 0.4 });
    await foldNow(of);
    await db.update(contracts).set({ lookedOn: null }).where(eq(contracts.id, of.ids.contract));
    await lookOn(of, today);
    expect((await of.contract()).threshold).toBe(0.6);
    const widenedAt = sql`widened_at - interval '1 day'`;
    await db.update(contracts).set({ widenedAt }).where(eq(contracts.id, of.ids.contract));
    await lookOn(of, "2999-01-01");
    expect((await of.contract()).threshold).toBe(0.3);
    expect(await recomputeEpoch(of.org.system, of.ids.contract)).toBe("agrees");
  });

  test("is only offered where the terms ask for two signatures", async () => {
    const of = await aContract(db, {
      level: "auto",
      threshold: 0.9,
      auditRate: 0.2,
      epoch: { deployments: deployedAt(0.9) },
    });
    await aSeries(db, of, { from: 0, count: 500, route: "decline", drawn: true, piLabel: 0.2, piRef: 0.2 });
    await foldNow(of);
    await lookOn(of, "2026-03-10");
    expect((await of.contract()).threshold).toBe(0.9);
    expect((await of.told())[0]?.data).toMatchObject({
      did: "certified",
      proposal: "expand",
      threshold: 0.3,
    });
  });
});

test("the ramp moves a step a day, and the audit rate keeps to its floor", async () => {
  const of = await aContract(db, {
    level: "auto",
    threshold: 0.3,
    auditRate: 0.2,
    rampShare: 0.1,
    rampedAt: new Date("2026-03-09T10:00:00Z"),
    epoch: { deployments: deployedAt(0.3) },
  });
  await aSeries(db, of, { from: 0, count: 100, route: "decline", drawn: true, piLabel: 0.2, piRef: 0.2 });
  await foldNow(of);
  await lookOn(of, "2026-03-10");
  // A hundred a day reach the threshold, a tenth of them run alone: 15 audits a day are all of them.
  expect(await of.contract()).toMatchObject({ rampShare: 0.5, auditRate: 1 });
  expect(await kindsOf(of)).toEqual(["ramped", "audit_rate"]);
  expect((await of.epoch()).deployments.map(({ auditRate }) => auditRate)).toEqual([0.2, 1]);
  await lookOn(of, "2026-03-10");
  expect((await of.contract()).rampShare).toBe(0.5);
});

test("confidences that have shifted double the audit rate, and nothing else", async () => {
  const of = await aContract(db, {
    level: "auto",
    threshold: 0.3,
    auditRate: 0.2,
    terms: { auditFloor: 0, detectionDays: 365 },
  });
  const deployments = [{ after: nthDecision(of, 199), day: "2026-03-01", threshold: 0.3, auditRate: 0.2 }];
  await db.update(contractEpochs).set({ deployments }).where(eq(contractEpochs.id, of.ids.epoch));
  await aSeries(db, of, { from: 0, count: 200, hoursAgo: 24 * 20 });
  await aSeries(db, of, {
    from: 200,
    count: 200,
    score: 0.4,
    route: "decline",
    drawn: true,
    piLabel: 0.2,
    piRef: 0.2,
  });
  await foldNow(of);
  await lookOn(of, "2026-03-10");
  expect(await of.contract()).toMatchObject({ level: "auto", auditRate: 0.4, rampShare: 1 });
  expect((await of.changes()).map(({ why }) => why)).toEqual([
    "The confidences have shifted: 40 % of what runs alone is audited now, after 20 %.",
  ]);
});
