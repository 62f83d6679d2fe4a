import { expect, test } from "vitest";
import { evaluatorAgreement, isBelowFloor, type RulingPair } from "./agreement";

type About = Omit<RulingPair, "subject">;
const passes = (said: boolean, ruled: boolean, weight = 1): About => ({
  evaluator: { passed: said, label: null },
  person: { passed: ruled, label: null },
  weight,
});
const labels = (said: string, ruled: string): About => ({
  evaluator: { passed: null, label: said },
  person: { passed: null, label: ruled },
  weight: 1,
});
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
/** Each of a subject of its own. */
const apart = (pairs: About[]): RulingPair[] => pairs.map((pair, at) => ({ ...pair, subject: String(at) }));

// Cohen's own arithmetic: po = 0.7, pe = 0.5 · 0.6 + 0.5 · 0.4 = 0.5, kappa = 0.4.
const fifty = apart([
  ...many(20, passes(true, true)),
  ...many(5, passes(true, false)),
  ...many(10, passes(false, true)),
  ...many(15, passes(false, false)),
]);

test("agreement, kappa and bias of a table by hand", () => {
  const { n, subjects, agreement, kappa, bias, categories, table } = evaluatorAgreement(fifty);
  expect({ n, subjects, categories, table }).toEqual({
    n: 50,
    subjects: 50,
    categories: ["fail", "pass"],
    table: [
      [15, 10],
      [5, 20],
    ],
  });
  expect(agreement?.value).toBeCloseTo(0.7);
  expect(kappa?.value).toBeCloseTo(0.4);
  expect(bias).toBeCloseTo(-0.1);
});

test("drawing half of the agreements and weighing each by two gives the same kappa, with a wider interval", () => {
  const drawn = apart([
    ...many(10, passes(true, true, 2)),
    ...many(5, passes(true, false)),
    ...many(10, passes(false, true)),
    ...many(15, passes(false, false)),
  ]);
  const [all, some] = [evaluatorAgreement(fifty), evaluatorAgreement(drawn)];
  expect(some.kappa?.value).toBeCloseTo(all.kappa?.value ?? NaN);
  expect(some.ess).toBeCloseTo(50 ** 2 / 70);
  expect((some.kappa?.high ?? 0) - (some.kappa?.low ?? 0)).toBeGreaterThan(
    (all.kappa?.high ?? 0) - (all.kappa?.low ?? 0),
  );
});

test("four people on each subject who say the same widen nothing and narrow nothing: it is one answer of the evaluator's", () => {
  const fourTimes = fifty.flatMap((pair) => many(4, pair));
  const [once, often] = [evaluatorAgreement(fifty), evaluatorAgreement(fourTimes)];
  expect(often).toMatchObject({ n: 200, subjects: 50, categories: once.categories });
  expect(often.ess).toBeCloseTo(50, 9);
  for (const figure of ["agreement", "kappa"] as const)
    for (const end of ["value", "low", "high"] as const)
      expect(often[figure]?.[end]).toBeCloseTo(once[figure]?.[end] ?? NaN, 12);
});

test("one subject says nothing of how far an evaluator's agreement may be off", () => {
  const one = fifty.map((pair) => ({ ...pair, subject: "the same" }));
  expect(evaluatorAgreement(one)).toMatchObject({ n: 50, subjects: 1, kappa: null });
});

test("ties are kept apart, merged, or left out", () => {
  const pairs = apart([
    labels("tie (inconsistent)", "tie"),
    labels("tie", "tie"),
    labels("a", "a"),
    labels("b", "a"),
  ]);
  expect(evaluatorAgreement(pairs).agreement?.value).toBe(0.5);
  expect(evaluatorAgreement(pairs, "merged").agreement?.value).toBe(0.75);
  expect(evaluatorAgreement(pairs, "left_out")).toMatchObject({ n: 2, bias: null });
});

test("where chance alone agrees there is no kappa, and nobody is below a floor for it", () => {
  const { kappa, subjects } = evaluatorAgreement(apart(many(100, passes(true, true))));
  expect(kappa).toBeNull();
  expect(isBelowFloor({ subjects, kappa }, { kappaFloor: 0.9, minRulings: 30 })).toBe(false);
});

test("an evaluator falls only when even the upper end is below its floor, with enough subjects", () => {
  const of = (low: number, value: number, high: number) => ({ low, value, high });
  const held = { kappaFloor: 0.6, minRulings: 30 };
  expect(isBelowFloor({ subjects: 30, kappa: of(0.1, 0.4, 0.59) }, held)).toBe(true);
  expect(isBelowFloor({ subjects: 30, kappa: of(0.2, 0.5, 0.61) }, held)).toBe(false);
  expect(isBelowFloor({ subjects: 29, kappa: of(0.1, 0.4, 0.59) }, held)).toBe(false);
  expect(isBelowFloor({ subjects: 500, kappa: of(0, 0.01, 0.02) }, { ...held, kappaFloor: null })).toBe(
    false,
  );
});
