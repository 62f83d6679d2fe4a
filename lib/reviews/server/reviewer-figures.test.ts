import { expect, test } from "vitest";
import { noneRuled, reviewerFigures, sensitivityBound, type Judged } from "./reviewer-figures";

const wrong = (verdict: Judged["verdict"]): Judged => ({ predicted: "positive", right: "decline", verdict });
const right = (verdict: Judged["verdict"]): Judged => ({ predicted: "positive", right: "approve", verdict });
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const of = (judged: Judged[]) => reviewerFigures("2026-01-01", { judged, pairs: [], ruled: noneRuled });

test("sensitivity is the share of wrong proposals overturned, with the exact interval", () => {
  const { sensitivity, sensitivity_bound, specificity } = of([
    ...times(18, wrong("decline")),
    ...times(2, wrong("approve")),
    ...times(10, right("approve")),
  ]);
  // Clopper-Pearson of 18 in 20: 0.6830 to 0.9877; one-sided 95 %: BetaInv(0.05; 18, 3) = 0.7174.
  expect(sensitivity).toMatchObject({ part: 18, n: 20, value: 0.9 });
  expect(sensitivity.lower).toBeCloseTo(0.683, 3);
  expect(sensitivity.upper).toBeCloseTo(0.9877, 4);
  expect(sensitivity_bound).toBeCloseTo(0.7174, 4);
  expect(specificity).toMatchObject({ part: 10, n: 10, value: 1, upper: 1 });
});

test("a proposal to leave things alone is wrong where acting is right, and approving overturns it", () => {
  const missed: Judged = { predicted: "negative", right: "approve", verdict: "decline" };
  const caught: Judged = { predicted: "negative", right: "approve", verdict: "approve" };
  expect(of([...times(4, missed), ...times(6, caught)]).sensitivity).toMatchObject({ part: 6, n: 10 });
});

test("changing before approving acts, so it does not overturn a proposal to act", () => {
  expect(of(times(10, wrong("edit"))).sensitivity).toMatchObject({ part: 0, n: 10, value: 0 });
});

test("too few say nothing: the counts stand, the value does not", () => {
  const { sensitivity, sensitivity_bound } = of(times(9, wrong("decline")));
  expect(sensitivity).toEqual({ part: 9, n: 9, needed: 10, value: null, lower: null, upper: null });
  expect(sensitivity_bound).toBeNull();
});

test("agreement is of acting or not, with kappa of the same pairs", () => {
  const pairs = [
    ...times(12, { first: "approve", second: "edit" } as const),
    ...times(6, { first: "decline", second: "decline" } as const),
    ...times(2, { first: "approve", second: "decline" } as const),
  ];
  const figures = reviewerFigures("2026-01-01", { judged: [], pairs, ruled: noneRuled });
  expect(figures.agreement).toMatchObject({ part: 18, n: 20, value: 0.9 });
  // po = 0.9; pe = 0.7 * 0.6 + 0.3 * 0.4 = 0.54; kappa = 0.36 / 0.46.
  expect(figures.kappa?.value).toBeCloseTo(0.36 / 0.46, 12);
});

test("looks and overrides are told from twenty rulings on", () => {
  const ruled = { rulings: 20, overrides: 5, looks: 19, p50: 8, p90: 30 };
  const figures = reviewerFigures("2026-01-01", { judged: [], pairs: [], ruled });
  expect(figures.overrides).toMatchObject({ part: 5, n: 20, value: 0.25 });
  expect(figures.look_seconds).toEqual({ p50: null, p90: null, n: 19 });
});

test("the bound for certificates is one-sided at half of delta, and zero of nothing", () => {
  // All of n caught: (delta / 2)^(1 / n).
  expect(sensitivityBound(100, 100, 0.05)).toBeCloseTo(0.025 ** (1 / 100), 10);
  expect(sensitivityBound(0, 0, 0.05)).toBe(0);
  expect(sensitivityBound(0, 10, 0.05)).toBe(0);
});
