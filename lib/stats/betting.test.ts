import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diversifiedCapital, hedgedCapital, hedgedSequence, predictableBets } from "./betting";
import { applyBeta, fitBeta } from "./beta-calibration";
import { logLoss } from "./log-loss";
import { doublyRobustValue, offPolicyValue } from "./off-policy";
import { applyPlatt, fitPlatt } from "./platt";
import { mixtureBernstein, mixtureHoeffding } from "./predictable-mixture";
import type { Scored } from "./scored";
import { seededRandom } from "./seeded-random";

const bit = fc.constantFrom(0, 1);

describe("betting on a mean", () => {
  test("is fair: over every sequence of eight coins the capital is worth what it began with", () => {
    for (const m of [0.3, 0.5]) {
      let mean = 0;
      for (let path = 0; path < 256; path += 1) {
        const x = Array.from({ length: 8 }, (_, i) => (path >> i) % 2);
        const chance = x.reduce((product, each) => product * (each ? m : 1 - m), 1);
        mean += chance * (diversifiedCapital(x, m).at(-1) ?? 0);
      }
      expect(mean).toBeCloseTo(1, 12);
    }
  });

  test("is never broke and never negative", () => {
    fc.assert(
      fc.property(
        fc.array(bit, { maxLength: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (x, m) => {
          for (const capital of hedgedCapital(x, m, predictableBets(x))) expect(capital).toBeGreaterThan(0);
        },
      ),
    );
  });

  test.each([
    ["hedged capital", (x: readonly number[]) => hedgedSequence(x, { steps: 200 })],
    ["Hoeffding", (x: readonly number[]) => mixtureHoeffding(x)],
    ["empirical Bernstein", (x: readonly number[]) => mixtureBernstein(x)],
  ])("the sequence of %s holds the mean all along, mirrors, and closes in", (_, sequenceOf) => {
    const random = seededRandom(2);
    const x = Array.from({ length: 400 }, () => (random() < 0.2 ? 1 : 0));
    const intervals = sequenceOf(x);
    expect(intervals.every(({ lower, upper }) => lower <= 0.2 && upper >= 0.2)).toBe(true);
    expect(intervals.at(-1)?.upper).toBeLessThan(0.4);
    const turned = sequenceOf(x.map((each) => 1 - each)).at(-1);
    expect(1 - (turned?.lower ?? 0)).toBeCloseTo(intervals.at(-1)?.upper ?? 0, 9);
  });

  test("refuses values out of [0, 1] and a mean on the edge", () => {
    expect(() => predictableBets([1.5])).toThrow(RangeError);
    expect(() => diversifiedCapital([1], 1)).toThrow(RangeError);
    expect(hedgedSequence([])).toEqual([]);
  });
});

describe("beta calibration", () => {
  const scored = fc.array(fc.record({ p: fc.double({ min: 0.01, max: 0.99, noNaN: true }), y: bit }), {
    minLength: 5,
    maxLength: 60,
  });

  test("rises, stays in [0, 1], and fits no worse than Platt's map, which is a case of it", () => {
    fc.assert(
      fc.property(scored, (items: Scored[]) => {
        const [beta, platt] = [fitBeta(items), fitPlatt(items)];
        expect(beta === null).toBe(platt === null);
        if (!beta || !platt) return;
        expect(Math.min(beta.a, beta.b)).toBeGreaterThanOrEqual(0);
        const values = [0, 0.1, 0.5, 0.9, 1].map((p) => applyBeta(beta, p));
        values.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i - 1] ?? 0));
        if (platt.a < 0) return;
        const loss = (map: (p: number) => number) =>
          logLoss(items.map(({ p, y }) => ({ p: map(p), y }))) ?? 0;
        expect(loss((p) => applyBeta(beta, p))).toBeLessThanOrEqual(loss((p) => applyPlatt(platt, p)) + 1e-6);
      }),
    );
  });

  test("scores that order the outcomes backwards get the mean; one class alone gets no map", () => {
    const backwards = [0.1, 0.2, 0.3, 0.7, 0.8, 0.9].map((p, i) => ({ p, y: [1, 1, 0, 1, 0, 0][i] ?? 0 }));
    const map = fitBeta(backwards);
    expect(map && applyBeta(map, 0.95)).toBeCloseTo(0.5, 9);
    expect(fitBeta([{ p: 0.4, y: 1 }])).toBeNull();
    expect(() => fitBeta([{ p: Number.NaN, y: 1 }])).toThrow(RangeError);
  });
});

describe("what another policy would have earned", () => {
  const logged = [
    { reward: 1, behaviour: 0.9, target: 0.5, predicted: 0.8, value: 0.7 },
    { reward: 0, behaviour: 0.1, target: 0.5, predicted: 0.3, value: 0.5 },
    { reward: 1, behaviour: 0.5, target: 1, predicted: 0.7, value: 0.7 },
    { reward: 1, behaviour: 0.9, target: 0.2, predicted: 0.9, value: 0.6 },
    { reward: 0, behaviour: 0.1, target: 0.8, predicted: 0.4, value: 0.5 },
    { reward: 1, behaviour: 0.5, target: 0, predicted: 0.6, value: 0.5 },
  ];

  test("six actions worked by hand", () => {
    const { ips, snips, ess } = offPolicyValue(logged);
    expect(ips).toBeCloseTo(0.462963, 6);
    expect(snips).toBeCloseTo(0.176056, 6);
    expect(ess).toBeCloseTo(2.66649, 6);
    expect(doublyRobustValue(logged)).toBeCloseTo(-0.077778, 6);
  });

  test("the policy in force earned what it earned", () => {
    const same = logged.map((each) => ({ ...each, target: each.behaviour }));
    expect(offPolicyValue(same)).toEqual({ ips: 4 / 6, snips: 4 / 6, ess: 6 });
  });

  test("a policy that would have done none of it has no ratio; an impossible chance is refused", () => {
    const never = logged.map((each) => ({ ...each, target: 0 }));
    expect(offPolicyValue(never)).toEqual({ ips: 0, snips: null, ess: 0 });
    expect(() => offPolicyValue([])).toThrow(RangeError);
    expect(() => offPolicyValue([{ reward: 1, behaviour: 0, target: 1 }])).toThrow(RangeError);
  });
});
