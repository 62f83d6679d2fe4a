import fc from "fast-check";
import { expect, test } from "vitest";
import { weightedProportion } from "@/lib/stats/weighted-proportion";
import { seededRandom } from "@/lib/stats/seeded-random";
import { errorOf, indexScores, labelAt, reached } from "./score-index";
import { curveOf, histogramOf, reliabilityOf } from "./score-pictures";
import { columnsOf, type Past, someHistory } from "./testing-history";
import { cheapest, largestBelow, type Means, whatIf } from "./what-if";

const means: Means = {
  weeks: 2,
  auditRate: 0.1,
  handling: { median: 60, p25: 30, p75: 120 },
  costWrong: 5000,
  costHour: 4000,
};

const past: fc.Arbitrary<Past> = fc.record({
  // Few distinct values, so that there are ties.
  score: fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
  label: fc.constantFrom("r", "w", "u", "R", "W"),
  pi: fc.constantFrom(1, 0.2, 0.05),
  held: fc.boolean(),
  alone: fc.boolean(),
});

test("the figures of any threshold are those of going through every decision", () => {
  fc.assert(
    fc.property(
      fc.array(past, { maxLength: 120 }),
      fc.integer({ min: -1, max: 101 }).map((n) => n / 100),
      fc.constantFrom("drawn" as const, "all" as const),
      (history, threshold, outcomes) => {
        const columns = columnsOf(history);
        const index = indexScores(columns, history.length, { outcomes });
        const open = history.flatMap((one, row) => (one.held ? [] : [{ ...one, row }]));
        const above = open.filter(({ score }) => score >= threshold);
        const found = whatIf(index, threshold, means);
        expect(found.alone).toBe(above.length);
        expect(found.share).toBe(history.length === 0 ? 0 : above.length / history.length);
        expect(found.flips).toEqual({
          alone: above.filter(({ alone }) => !alone).length,
          person: open.filter((one) => one.alone && one.score < threshold).length,
        });
        const labels = above.flatMap(({ row }) => labelAt(columns, row, outcomes) ?? []);
        const naive = weightedProportion(
          labels.map(({ isWrong, weight }) => ({ value: isWrong ? 1 : 0, weight })),
        );
        expect(found.error.kind).toBe(naive.kind);
        expect(found.error.n).toBe(naive.n);
        expect(found.error.ess).toBeCloseTo(naive.ess, 8);
        if (found.error.kind !== "estimate" || naive.kind !== "estimate") return;
        for (const part of ["value", "lower", "upper"] as const) {
          expect(found.error[part]).toBeCloseTo(naive[part], 10);
        }
        expect(found.wrongPerWeek?.value).toBeCloseTo((naive.value * above.length) / 2, 8);
      },
    ),
    { numRuns: 300 },
  );
});

test("on 5,000 random decisions with unequal chances nothing differs beyond rounding", () => {
  const history = someHistory(5000, seededRandom(7));
  const columns = columnsOf(history);
  const index = indexScores(columns, history.length, { outcomes: "drawn" });
  for (let at = 0; at <= 100; at += 1) {
    const threshold = at / 100;
    const rows = history.flatMap(({ held, score }, row) => (!held && score >= threshold ? [row] : []));
    const labels = rows.flatMap((row) => labelAt(columns, row, "drawn") ?? []);
    const naive = weightedProportion(
      labels.map(({ isWrong, weight }) => ({ value: isWrong ? 1 : 0, weight })),
    );
    const found = errorOf(index, reached(index, threshold));
    expect(found.kind).toBe(naive.kind);
    if (found.kind === "estimate" && naive.kind === "estimate") {
      expect(found.value).toBeCloseTo(naive.value, 9);
      expect(found.upper).toBeCloseTo(naive.upper, 9);
    }
  }
});

test("a higher threshold never lets more run alone, and the curve ends where everything does", () => {
  const history = someHistory(3000, seededRandom(3));
  const index = indexScores(columnsOf(history), history.length, { outcomes: "drawn" });
  const curve = curveOf(index, means);
  const shares = curve.map(({ share }) => share);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(curve.at(-1)?.alone).toBe(index.size);
  expect(new Set(curve.map(({ threshold }) => threshold)).size).toBe(curve.length);
});

test("fewer than 30 effective labels give no error, no wrong ones and no cost, but a share and hours", () => {
  const few = Array.from({ length: 29 }, (): Past => ({ score: 0.9, label: "r" }));
  const found = whatIf(indexScores(columnsOf(few), 29, { outcomes: "drawn" }), 0.5, means);
  expect(found.error).toMatchObject({ kind: "insufficient", n: 29, needed: 30 });
  expect([found.wrongPerWeek, found.costPerWeek]).toEqual([null, null]);
  expect(found.share).toBe(1);
  expect(found.hoursSaved?.value).toBeCloseTo((29 / 2) * 0.9 * (60 / 3600), 12);
});

test("30 labels drawn one in twenty are enough, and an audited one speaks for twenty", () => {
  const audited = Array.from({ length: 30 }, (_, at): Past => {
    return { score: 0.95, label: at < 3 ? "w" : "r", pi: 0.05 };
  });
  const reviewed = Array.from({ length: 60 }, (): Past => ({ score: 0.5, label: "w" }));
  const index = indexScores(columnsOf([...audited, ...reviewed]), 90, { outcomes: "drawn" });
  expect(whatIf(index, 0.9, means).error).toMatchObject({ kind: "estimate", value: expect.closeTo(0.1, 12) });
  // 30 × 20 drawn with 3 × 20 wrong, and 60 wrong ones of weight 1.
  expect(whatIf(index, 0, means).error).toMatchObject({ value: expect.closeTo(120 / 660, 12) });
});

test("everything right is exactly no error, with an upper bound above it", () => {
  const history = Array.from({ length: 300 }, (): Past => ({ score: 0.9, label: "r", pi: 0.3 }));
  const { error } = whatIf(indexScores(columnsOf(history), 300, { outcomes: "drawn" }), 0.9, means);
  expect(error).toMatchObject({ kind: "estimate", value: 0, lower: 0 });
  expect(error.kind === "estimate" && error.upper).toBeCloseTo(0.0126, 3);
});

test("an outcome of a decision that nobody drew counts only when asked for", () => {
  const history = Array.from({ length: 40 }, (): Past => ({ score: 0.9, label: "W" }));
  const errors = (["drawn", "all"] as const).map(
    (outcomes) => whatIf(indexScores(columnsOf(history), 40, { outcomes }), 0.5, means).error,
  );
  expect(errors).toMatchObject([
    { kind: "insufficient", n: 0 },
    { kind: "estimate", value: 1 },
  ]);
});

test("a week costs its wrong ones and people's time; the cheapest threshold is marked", () => {
  // All from 0.5 up are right, all below are wrong.
  const history = Array.from({ length: 200 }, (_, at): Past => {
    return { score: at / 200, label: at < 100 ? "w" : "r" };
  });
  const index = indexScores(columnsOf(history), 200, { outcomes: "drawn" });
  const curve = curveOf(index, means, 200);
  expect(cheapest(curve)?.threshold).toBe(0.5);
  // 100 a week, 50 alone of which 5 are audited: 55 looks of a minute at 40.00 an hour.
  expect(whatIf(index, 0.5, means).costPerWeek?.value).toBeCloseTo((55 / 60) * 4000, 8);
  expect(largestBelow(curve, 0)?.threshold).toBe(0.5);
});

test("each decision is in one bin, an edge in the bin that begins there", () => {
  const columns = columnsOf([
    { score: 0, label: "u" },
    { score: 0.29, label: "r" },
    { score: 0.3, label: "w" },
    { score: 1, label: "r" },
    { score: 0.5, label: "r", held: true },
  ]);
  const index = indexScores(columns, 5, { outcomes: "drawn" });
  const bins = histogramOf(index, columns, { outcomes: "drawn", bins: 100 });
  expect(bins[29]).toMatchObject({ right: 1, wrong: 0 });
  expect(bins[30]).toMatchObject({ wrong: 1 });
  expect(bins[99]).toMatchObject({ to: 1, right: 1 });
  expect(bins.reduce((sum, { right, wrong, unlabelled }) => sum + right + wrong + unlabelled, 0)).toBe(4);
});

test("reliability is of what is labelled, on either scale", () => {
  const history = someHistory(2000, seededRandom(11));
  const columns = { ...columnsOf(history), calibrated: history.map(({ score }) => score / 2) };
  const index = indexScores(columns, 2000, { outcomes: "drawn" });
  const raw = reliabilityOf(index, columns, { outcomes: "drawn", scale: "raw" });
  const mapped = reliabilityOf(index, columns, { outcomes: "drawn", scale: "calibrated" });
  expect(raw.n).toBe(index.labelled[index.size]);
  expect(mapped.n).toBe(raw.n);
  expect(mapped.brier).not.toBe(raw.brier);
});
