import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError } from "@/lib/stats/calibration-error";
import { calibration } from "./calibration";
import { confusion } from "./confusion";
import { aPopulation, type Member } from "./testing-population";
import { volume } from "./volume";

const { db } = await testDatabase();

async function aDesk() {
  const org = await anOrg(db);
  return { org, desk: await aRefundDesk(db, org) };
}

const members: Member[] = [
  // Ran alone, right; ran alone, wrong by an auditor (drawn at 1/4); left alone, and should have acted.
  { route: "execute", confidence: 0.95, threshold: 0.9, labels: { outcome: "positive" } },
  { route: "execute", confidence: 0.97, threshold: 0.9, pi: 0.25, labels: { audit: "negative" } },
  {
    route: "decline",
    predicted: "negative",
    confidence: 0.99,
    threshold: 0.9,
    labels: { outcome: "positive" },
  },
  // Reviewed: proposed to act and declined; sure enough, but stopped, then approved.
  { status: "declined", confidence: 0.5, threshold: 0.9, labels: { review: "negative" } },
  { status: "approved", confidence: 0.92, threshold: 0.9, labels: { review: "positive" } },
  // An outcome outranks the reviewer.
  {
    status: "declined",
    confidence: 0.6,
    threshold: 0.9,
    labels: { review: "negative", outcome: "positive" },
  },
  // Approved, but the target refused; still waiting; shadow; no truth.
  {
    route: "execute",
    confidence: 0.93,
    threshold: 0.9,
    execution: "failed",
    labels: { outcome: "negative" },
  },
  { status: "in_review", confidence: 0.4, threshold: 0.9, labels: { outcome: "negative" } },
  { route: "shadow", confidence: 0.94, threshold: 0.9, labels: { outcome: "negative" } },
  { route: "execute", confidence: 0.98, threshold: 0.9 },
];

test.each([
  // tp fp fn tn, and the weight of fp (the audit at 1/4 counts four times)
  ["model", [3, 5, 1, 0], 8],
  ["router", [2, 3, 2, 2], 6],
  ["final", [2, 1, 2, 2], 4],
] as const)("the %s view", async (view, [tp, fp, fn, tn], fpWeight) => {
  const { org, desk } = await aDesk();
  await aPopulation(db, org, desk, members);
  const found = await confusion(org.admin, { view });
  const { cells } = found;
  expect([cells.tp.count, cells.fp.count, cells.fn.count, cells.tn.count]).toEqual([tp, fp, fn, tn]);
  expect(cells.fp.weight).toBeCloseTo(fpWeight, 9);
  expect(found.rates.ppv).toMatchObject({ value: null, n: tp + fp, needed: 30 });
  expect(found.by_type[0]).toMatchObject({ type: desk.typeKey, cost_wrong_yes: 0 });
});

test("labels are counted by where they came from", async () => {
  const { org, desk } = await aDesk();
  await aPopulation(db, org, desk, members);
  expect((await confusion(org.auditor, { view: "model" })).labels).toEqual({
    outcome: 6,
    audit: 1,
    review: 2,
  });
});

test("calibration equals lib/stats on the same forecasts, edges of bins included", async () => {
  const { org, desk } = await aDesk();
  const forecasts = [0, 1 / 15, 2 / 15, 0.2, 0.4, 7 / 15, 0.6, 0.8, 14 / 15, 0.95, 1];
  const scored = forecasts.map((p, at) => ({ p, y: at % 3 === 0 ? 0 : 1, weight: at % 4 === 0 ? 4 : 1 }));
  await aPopulation(
    db,
    org,
    desk,
    scored.map(({ p, y, weight }) => ({
      route: "execute",
      confidence: p,
      pi: 1 / weight,
      labels: { audit: y === 1 ? "positive" : "negative" },
    })),
  );
  const found = await calibration(org.admin, {});
  expect(found.n).toBe(11);
  expect(found.ece).toBeCloseTo(expectedCalibrationError(scored, 15) ?? -1, 9);
  expect(found.brier).toBeCloseTo(brierScore(scored) ?? -1, 9);
});

test("volume has a bucket for every hour, zeros where nothing came, and marks what is unfinished", async () => {
  const { org, desk } = await aDesk();
  const at = (hour: number) => new Date(Date.UTC(2026, 0, 5, hour, 30));
  await aPopulation(db, org, desk, [
    { createdAt: at(1), route: "execute" },
    { createdAt: at(1), route: "decline", predicted: "negative" },
    { createdAt: at(3) },
  ]);
  const found = await volume(org.admin, { from: "2026-01-05T01:00:00Z", to: "2026-01-05T04:15:00Z" });
  expect(found.bucket).toBe("hour");
  expect(found.points.map(({ at, complete, counts }) => [at, complete, ...Object.values(counts)])).toEqual([
    ["2026-01-05T01:00:00Z", true, 1, 0, 1, 0],
    ["2026-01-05T02:00:00Z", true, 0, 0, 0, 0],
    ["2026-01-05T03:00:00Z", true, 0, 1, 0, 0],
    ["2026-01-05T04:00:00Z", false, 0, 0, 0, 0],
  ]);
  const days = await volume(org.admin, { from: "2026-01-01T00:00:00Z", to: "2026-01-08T00:00:00Z" });
  expect([days.bucket, days.points.length, days.points[4]?.counts.execute]).toEqual(["day", 7, 1]);
});
