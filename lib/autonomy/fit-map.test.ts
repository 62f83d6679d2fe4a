import { describe, expect, test } from "vitest";
import { calibrated } from "@/lib/routing/calibrated";
import { applyIsotonic, fitIsotonic } from "@/lib/stats/pava";
import { seededRandom } from "@/lib/stats/seeded-random";
import { breakpointsOf, brierUnder, fitMap, isWorthUsing, type LabelledClaim } from "./fit-map";

/** Claims that are right with probability `truth(score)`; each labelled with a propensity that depends on its score. */
function claims(count: number, truth: (score: number) => number, seed = 1): LabelledClaim[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const score = 0.5 + random() / 2;
    const propensity = score > 0.9 ? 0.3 : 1;
    return { id: `dec_${i}`, score, isRight: random() < truth(score), propensity };
  }).filter(({ propensity }) => random() < propensity);
}

const overconfident = (score: number) => 0.3 + 0.5 * (score - 0.5) * 2;

describe("a map", () => {
  test("is fitted from 100 labels on, and isotonic from 1,000", () => {
    const many = claims(3000, overconfident);
    expect(fitMap(many.slice(0, 99))).toBeNull();
    expect(fitMap(many.slice(0, 100))?.map.kind).toBe("platt");
    expect(fitMap(many.slice(0, 999))?.map.kind).toBe("platt");
    expect(fitMap(many.slice(0, 1000))?.map.kind).toBe("isotonic");
  });

  test("is not fitted where nothing was ever wrong among few", () => {
    expect(fitMap(claims(500, () => 1).slice(0, 300))).toBeNull();
  });

  test.each([
    ["isotonic", 40_000, 0.05],
    ["platt", 900, 0.12],
  ])(
    "%s brings back the truth that the app's claims hid, weighted by 1/propensity",
    (kind, count, tolerance) => {
      const fit = fitMap(claims(count, overconfident));
      if (!fit) throw new Error("there are enough labels");
      expect(fit.map.kind).toBe(kind);
      const map = [{ id: "cal_1", predicted: "positive" as const, ...fit.map }];
      for (const confidence of [0.6, 0.75, 0.85, 0.95]) {
        const { probability } = calibrated(map, { predicted: "positive", confidence }) ?? { probability: -1 };
        expect(Math.abs(probability - overconfident(confidence))).toBeLessThan(tolerance);
      }
      expect(fit.figures.mapped.brier).toBeLessThan(fit.figures.raw.brier);
      expect(fit.figures.mapped.ece).toBeLessThan(fit.figures.raw.ece);
      expect(isWorthUsing(fit.figures)).toBe(true);
      expect(fit.figures.ess).toBeLessThan(fit.figures.n);
    },
  );

  test("of claims that say the truth already is used rarely and changes little", () => {
    const fits = Array.from({ length: 20 }, (_, seed) => fitMap(claims(2000, (score) => score, seed + 1)));
    for (const fit of fits) {
      expect(Math.abs((fit?.figures.mapped.brier ?? 1) - (fit?.figures.raw.brier ?? 0))).toBeLessThan(0.01);
    }
    expect(fits.some((fit) => fit && !isWorthUsing(fit.figures))).toBe(true);
  });

  test("its figures come from labels it never saw: noise is not praised", () => {
    const fit = fitMap(claims(1500, () => 0.7));
    const seen =
      fit &&
      brierUnder(
        fit.map,
        claims(1500, () => 0.7),
      );
    expect(fit?.figures.mapped.brier).toBeGreaterThan(seen ?? 1);
  });
});

test("the breakpoints answer as the whole map does, everywhere", () => {
  const whole = fitIsotonic(
    claims(5000, overconfident).map(({ score: p, isRight }) => ({ p, y: isRight ? 1 : 0 })),
  );
  const small = breakpointsOf(whole);
  expect(small.scores.length).toBeLessThan(whole.scores.length / 10);
  for (let p = 0; p <= 1; p += 0.0007)
    expect(applyIsotonic(small, p)).toBeCloseTo(applyIsotonic(whole, p) ?? -1, 12);
});
