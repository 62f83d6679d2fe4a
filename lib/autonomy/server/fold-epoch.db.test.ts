import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { contractChanges, contractEpochs, decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { inTransaction } from "@/lib/server/context";
import { thresholdsOf } from "../fold";
import { foldsAgree } from "../fold-json";
import { foldEpoch } from "./fold-epoch";
import { foldEpochs } from "./fold-epochs";
import { getContract } from "./get-contract";
import { recomputeEpoch } from "./recompute-epoch";
import { aContract, aSeries, nthDecision, testGrid, type TestContract } from "./testing-contracts";

const { db } = await testDatabase();

const foldNow = (of: TestContract) => foldEpoch(of.org.system, of.ids.contract, { settleSeconds: 0 });
const label = (
  of: TestContract,
  at: number,
  truth: "positive" | "negative",
  source: "review" | "outcome" = "review",
) =>
  recordLabel(of.org.system, {
    decisionId: nthDecision(of, at),
    source,
    truth,
    piLabel: 1,
    actor: "user:test",
  });

/** The stored fold, and the same log folded from nothing: they have to agree in every number. */
async function agreesWithLog(of: TestContract): Promise<boolean> {
  const stored = await of.state();
  // Once as every night, in pages; then as news are counted.
  if ((await recomputeEpoch(of.org.system, of.ids.contract)) !== "agrees") return false;
  await db
    .update(contractEpochs)
    .set({ state: null, cursor: null })
    .where(eq(contractEpochs.id, of.ids.epoch));
  await foldNow(of);
  return foldsAgree(stored, await of.state());
}

describe("labels are counted in the order of decisions", () => {
  test("up to the first that may still get its label, however many after it have one", async () => {
    const of = await aContract(db);
    await aSeries(db, of, { from: 0, count: 10 });
    await aSeries(db, of, { from: 10, count: 1, wrongEvery: null });
    await aSeries(db, of, { from: 11, count: 10, wrongEvery: 11 });
    expect(await foldNow(of)).toMatchObject({ folded: 10, ended: true });
    expect((await of.epoch()).cursor).toBe(nthDecision(of, 9));
    expect(await foldNow(of)).toMatchObject({ folded: 0 });
    await db
      .update(decisions)
      .set({ status: "declined" })
      .where(eq(decisions.id, nthDecision(of, 10)));
    await label(of, 10, "negative");
    expect(await foldNow(of)).toMatchObject({ folded: 11 });
    expect((await of.epoch()).stale).toBeNull();
    expect((await of.state()).thresholds[0]).toMatchObject({ n: 21, wrong: 1 });
    expect(await agreesWithLog(of)).toBe(true);
  });

  test("one that is just being written holds back what comes after it", async () => {
    const of = await aContract(db);
    await aSeries(db, of, { from: 0, count: 5 });
    await aSeries(db, of, { from: 5, count: 5, hoursAgo: 0 });
    expect(await foldEpoch(of.org.system, of.ids.contract)).toMatchObject({ folded: 5 });
  });

  test.each([
    ["a few, read whole", 5],
    ["many, read in pages", 300],
  ])("and so does one that ran alone, whoever else has a label: %s", async (_, count) => {
    const of = await aContract(db);
    await aSeries(db, of, { from: 0, count });
    await aSeries(db, of, { from: count, count: 1, route: "decline", wrongEvery: null, hoursAgo: 0 });
    await aSeries(db, of, { from: count + 1, count: 5 });
    expect(await foldEpoch(of.org.system, of.ids.contract)).toMatchObject({ folded: count });
    expect(await foldNow(of)).toMatchObject({ folded: 5 });
    expect(await agreesWithLog(of)).toBe(true);
  });

  test("one that ran alone and is just being written holds back what comes after it too: nothing counts twice", async () => {
    const deployments = [{ after: "dec_00", day: "2026-03-01", threshold: 0.6, auditRate: 0.2 }];
    for (const before of [0, 300]) {
      const of = await aContract(db, { level: "auto", threshold: 0.6, epoch: { deployments } });
      if (before > 0) await aSeries(db, of, { from: 0, count: before, score: 0.4, piRef: 0.2 });
      // Its id is older than that of what was stored before it.
      await aSeries(db, of, { from: before, count: 1, route: "decline", piLabel: 0.2, hoursAgo: 0 });
      await aSeries(db, of, { from: before + 1, count: 1, score: 0.4, piRef: 0.2 });
      await foldEpoch(of.org.system, of.ids.contract);
      await db
        .update(decisions)
        .set({ createdAt: sql`now() - interval '1 hour'` })
        .where(eq(decisions.id, nthDecision(of, before)));
      await foldEpoch(of.org.system, of.ids.contract);
      const state = await of.state();
      expect(state.records).toBe(before + 1);
      expect(state.account).toMatchObject([{ autos: 1, audited: 0 }]);
      expect(await agreesWithLog(of)).toBe(true);
    }
  });

  test("one without a label in time counts as wrong, and is corrected when its label comes", async () => {
    const of = await aContract(db, { terms: { labelHours: 24 } });
    await aSeries(db, of, { from: 0, count: 3, hoursAgo: 30 });
    await aSeries(db, of, { from: 3, count: 1, wrongEvery: null, hoursAgo: 25 });
    await aSeries(db, of, { from: 4, count: 3 });
    await foldNow(of);
    expect(await of.state()).toMatchObject({ records: 7, expired: 1, thresholds: [{ wrong: 1 }, {}, {}] });
    await label(of, 3, "negative");
    expect((await of.epoch()).stale).toContain(nthDecision(of, 3));
    await foldNow(of);
    expect(await of.state()).toMatchObject({ records: 7, expired: 0, thresholds: [{ wrong: 0 }, {}, {}] });
    expect((await of.epoch()).stale).toBeNull();
  });

  test("a label that changes after it was counted is counted anew, from the log", async () => {
    const of = await aContract(db);
    await aSeries(db, of, { from: 0, count: 50 });
    await foldNow(of);
    await label(of, 7, "positive", "outcome");
    expect((await of.epoch()).stale).not.toBeNull();
    await foldNow(of);
    expect((await of.state()).thresholds[0]).toMatchObject({ n: 50, wrong: 1 });
    expect(await agreesWithLog(of)).toBe(true);
    // The same truth from a stronger source changes nothing.
    await label(of, 8, "negative", "outcome");
    expect((await of.epoch()).stale).toBeNull();
  });

  test("a label that changes while a fold is under way is not lost", async () => {
    const of = await aContract(db);
    await aSeries(db, of, { from: 0, count: 50 });
    await inTransaction(of.org.system, async (ctx) => {
      await foldEpoch(ctx, of.ids.contract, { settleSeconds: 0 });
      // Before the fold commits, and after it has read: waits for its row, then marks it.
      setTimeout(() => void label(of, 3, "positive", "outcome"), 0);
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await expect.poll(async () => (await of.epoch()).stale).toContain(nthDecision(of, 3));
    await foldNow(of);
    expect((await of.state()).thresholds[0]).toMatchObject({ n: 50, wrong: 1 });
  });
});

test("an outcome of what was not selected is no evidence; what ran alone undrawn is only counted", async () => {
  const deployments = [{ after: "dec_00", day: "2026-03-01", threshold: 0.6, auditRate: 0.2 }];
  const of = await aContract(db, { level: "auto", threshold: 0.6, epoch: { deployments } });
  await aSeries(db, of, { from: 0, count: 40, route: "decline", piLabel: 0.2, piRef: 0.2 });
  await aSeries(db, of, {
    from: 40,
    count: 10,
    route: "decline",
    drawn: true,
    piLabel: 0.2,
    piRef: 0.2,
    wrongEvery: 44,
  });
  await aSeries(db, of, { from: 50, count: 30, score: 0.4, piRef: 0.2 });
  await aSeries(db, of, { from: 80, count: 7, route: "decline", piLabel: 0.2, piRef: 0.2 });
  await label(of, 5, "positive", "outcome");
  await foldNow(of);
  const state = await of.state();
  expect(state).toMatchObject({ records: 40, audited: 10, auditedWrong: 1 });
  expect(state.account).toMatchObject([{ autos: 57, audited: 10, wrong: 1, piMin: 0.2 }]);
  expect((await of.epoch()).cursor).toBe(nthDecision(of, 86));
  expect(await agreesWithLog(of)).toBe(true);
});

test("two workers at once count each decision once", async () => {
  const of = await aContract(db);
  await aSeries(db, of, { from: 0, count: 300 });
  const rounds = await Promise.all([1, 2, 3, 4].map(() => foldEpochs(of.org.system, { settleSeconds: 0 })));
  expect(rounds.reduce((sum, one) => sum + one, 0)).toBe(300);
  expect((await of.state()).records).toBe(300);
});

test("with gold correction nothing counts before reviewers were measured, and then against a tighter limit", async () => {
  const of = await aContract(db, { terms: { goldCorrection: true } });
  await aSeries(db, of, { from: 0, count: 250 });
  expect(await foldNow(of)).toMatchObject({ folded: 0 });
  await db.update(contractEpochs).set({ sensitivity: 0.5 }).where(eq(contractEpochs.id, of.ids.epoch));
  expect(await foldNow(of)).toMatchObject({ folded: 250 });
  const terms = { alpha: 0.02, delta: 0.05, grid: testGrid, alarmRunLength: 5000 };
  const corrected = thresholdsOf(await of.state(), { ...terms, alpha: 0.01, delta: 0.025 })[0];
  const plain = await aContract(db);
  await aSeries(db, plain, { from: 0, count: 250 });
  await foldNow(plain);
  expect(corrected?.logE).toBeLessThan(thresholdsOf(await plain.state(), terms)[0]?.logE ?? 0);
});

test("computing it again agrees; where it does not, that stands and the journal says so", async () => {
  const of = await aContract(db);
  await aSeries(db, of, { from: 0, count: 120, wrongEvery: 30 });
  await foldNow(of);
  expect(await recomputeEpoch(of.org.system, of.ids.contract)).toBe("agrees");
  const right = await of.state();
  await db
    .update(contractEpochs)
    .set({ state: sql`jsonb_set(state, '{thresholds,0,n}', '7')` })
    .where(eq(contractEpochs.id, of.ids.epoch));
  expect(await recomputeEpoch(of.org.system, of.ids.contract)).toBe("differed");
  expect(foldsAgree(await of.state(), right)).toBe(true);
  expect((await of.journalled()).map(({ action }) => action)).toEqual(["contract.recomputed"]);
});

describe("what SQL keeps", () => {
  test("a history is only added to, and a period that has ended stays as it was", async () => {
    const of = await aContract(db);
    await expect(db.update(contractChanges).set({ why: "else" })).rejects.toThrow();
    await expect(db.delete(contractEpochs)).rejects.toThrow();
    const open = eq(contractEpochs.id, of.ids.epoch);
    await expect(
      db
        .update(contractEpochs)
        .set({ grid: [0.1] })
        .where(open),
    ).rejects.toThrow();
    await db
      .update(contractEpochs)
      .set({ endedAt: sql`now()` })
      .where(open);
    await expect(db.update(contractEpochs).set({ stale: "x" }).where(open)).rejects.toThrow();
  });

  test("which period a decision is evidence in, and its confidence, are fixed", async () => {
    const of = await aContract(db);
    await aSeries(db, of, { from: 0, count: 1 });
    const one = eq(decisions.id, nthDecision(of, 0));
    await expect(db.update(decisions).set({ confidence: 0.1 }).where(one)).rejects.toThrow();
    await expect(db.update(decisions).set({ epochId: null }).where(one)).rejects.toThrow();
  });
});

test("the error that is shown weighs an audit of one in ten as ten, and a ruling as one", async () => {
  const deployments = [{ after: "dec_00", day: "2026-03-01", threshold: 0.9, auditRate: 0.1 }];
  const of = await aContract(db, { level: "auto", threshold: 0.9, auditRate: 0.1, epoch: { deployments } });
  await aSeries(db, of, { from: 1, count: 60 });
  const alone = { route: "decline", drawn: true, piLabel: 0.1, piRef: 0.1 } as const;
  await aSeries(db, of, { from: 100, count: 40, wrongEvery: 20, ...alone });
  await foldNow(of);
  const { evidence } = await getContract(of.org.admin, { contract: of.ids.contract });
  const strict = evidence.thresholds.find(({ threshold }) => threshold === 0.9);
  expect(strict).toMatchObject({ n: 100, wrong: 2 });
  // 2 of 40 audits stand for 20 of 400, beside 60 rulings that were right.
  expect(strict?.error).toBeCloseTo(20 / 460, 12);
  expect(strict?.effective_n).toBeCloseTo(460 ** 2 / (60 + 40 * 100), 9);
});
