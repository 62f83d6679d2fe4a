import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { confusionMatrix, confusionRates } from "./confusion";
import { effectiveSampleSize } from "./effective-sample-size";
import { hajek, horvitzThompson } from "./horvitz-thompson";
import { weightedProportion, weightedProportionOf } from "./weighted-proportion";
import { emptySum } from "./weighted-sum";

const labelled = [
  { value: 0, propensity: 0.1 },
  { value: 1, propensity: 1 },
  { value: 0, propensity: 1 },
  { value: 0, propensity: 1 },
  { value: 1, propensity: 0.1 },
];

describe("a mean from labels drawn with known chances", () => {
  test("Horvitz-Thompson, Hájek and the effective size are those of the worked example", () => {
    expect(horvitzThompson(labelled, 10)).toBeCloseTo(1.1, 12);
    expect(hajek(labelled)).toBeCloseTo(0.4782608695652174, 12);
    expect(effectiveSampleSize(labelled.map(({ propensity }) => 1 / propensity))).toBeCloseTo(
      2.605911330049261,
      12,
    );
  });

  test("is unbiased: over every possible draw the estimate averages to the truth", () => {
    const population = [
      { value: 1, propensity: 0.2 },
      { value: 0, propensity: 0.5 },
      { value: 1, propensity: 0.9 },
    ];
    let mean = 0;
    for (let draw = 0; draw < 8; draw += 1) {
      const drawn = population.filter((_, i) => draw & (1 << i));
      const chance = population.reduce(
        (p, item, i) => p * (draw & (1 << i) ? item.propensity : 1 - item.propensity),
        1,
      );
      mean += chance * horvitzThompson(drawn, 3);
    }
    expect(mean).toBeCloseTo(2 / 3, 12);
  });

  test("Hájek says nothing about nothing, and a propensity of zero is refused", () => {
    expect(hajek([])).toBeNull();
    expect(() => hajek([{ value: 1, propensity: 0 }])).toThrow(RangeError);
  });

  test("weights all alike lose nothing, unequal ones always lose", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1 }), (weights) => {
        const size = effectiveSampleSize(weights);
        expect(size).toBeLessThanOrEqual(weights.length * (1 + 1e-9));
        expect(size).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(effectiveSampleSize(weights.map(() => 7))).toBeCloseTo(weights.length, 9);
      }),
    );
  });
});

describe("a weighted share", () => {
  test("below 30 effective observations is refused, with what is missing", () => {
    const few = Array.from({ length: 29 }, () => ({ value: 1, weight: 20 }));
    expect(weightedProportion(few)).toMatchObject({ kind: "insufficient", n: 29, needed: 30 });
    expect(weightedProportion([...few, { value: 0, weight: 20 }])).toMatchObject({
      kind: "estimate",
      n: 30,
    });
  });

  test("of 30 audits at one twentieth counts as 30, not as a rounding error less", () => {
    const audits = Array.from({ length: 30 }, () => ({ value: 0, weight: 1 / 0.05 }));
    expect(weightedProportion(audits).kind).toBe("estimate");
  });

  test("with equal weights is the plain share with Wilson's interval", () => {
    const observations = Array.from({ length: 148 }, (_, i) => ({
      value: i < 15 ? 1 : 0,
      weight: 4,
    }));
    const share = weightedProportion(observations);
    expect(share).toMatchObject({ kind: "estimate", value: 15 / 148, n: 148 });
    if (share.kind !== "estimate") return;
    expect(share.lower).toBeCloseTo(0.06238639953073628, 10);
    expect(share.upper).toBeCloseTo(0.16048724172330803, 10);
  });

  test("asked for no minimum still shows nothing for nothing", () => {
    expect(weightedProportionOf(emptySum, emptySum, { minimumEss: 0 }).kind).toBe("insufficient");
    expect(weightedProportion([{ value: 1 }], { minimumEss: 0 })).toMatchObject({
      kind: "estimate",
      value: 1,
      upper: 1,
    });
  });

  test("does not change when every weight is multiplied", () => {
    const observation = fc.record({
      value: fc.constantFrom(0, 1),
      weight: fc.constantFrom(1, 5, 10, 20),
    });
    fc.assert(
      fc.property(
        fc.array(observation, { minLength: 1 }),
        fc.constantFrom(2, 8, 0.5),
        (observations, factor) => {
          const scaled = observations.map(({ value, weight }) => ({
            value,
            weight: weight * factor,
          }));
          expect(weightedProportion(scaled, { minimumEss: 0 })).toEqual(
            weightedProportion(observations, { minimumEss: 0 }),
          );
        },
      ),
    );
  });

  test("refuses a value that is neither right nor wrong", () => {
    expect(() => weightedProportion([{ value: 0.5 }])).toThrow(RangeError);
  });
});

describe("the confusion matrix", () => {
  const cases = [
    ...Array.from({ length: 40 }, () => ({ predicted: true, actual: true })),
    ...Array.from({ length: 10 }, () => ({ predicted: true, actual: false })),
    ...Array.from({ length: 20 }, () => ({ predicted: false, actual: true, weight: 20 })),
    ...Array.from({ length: 80 }, () => ({ predicted: false, actual: false, weight: 20 })),
  ];

  test("counts plainly and weighs beside it", () => {
    const matrix = confusionMatrix(cases);
    expect(matrix.tp).toEqual({ count: 40, weight: 40, squaredWeight: 40 });
    expect(matrix.fn).toEqual({ count: 20, weight: 400, squaredWeight: 8000 });
    expect([matrix.fp.count, matrix.tn.count]).toEqual([10, 80]);
  });

  test("each rate divides by its own denominator, weighted", () => {
    const rates = confusionRates(confusionMatrix(cases), { minimumEss: 20 });
    expect(rates.ppv).toMatchObject({ kind: "estimate", value: 0.8, n: 50 });
    expect(rates.npv).toMatchObject({ kind: "estimate", value: 0.8, n: 100 });
    expect(rates.fnr).toMatchObject({ value: 400 / 440, n: 60 });
    expect(rates.fpr).toMatchObject({ value: 10 / 1610, n: 90 });
    expect(rates.accuracy).toMatchObject({ value: 1640 / 2050, n: 150 });
  });

  test("a rate and its complement add up to one", () => {
    const rates = confusionRates(confusionMatrix(cases), { minimumEss: 20 });
    for (const [rate, complement] of [[rates.tpr, rates.fnr] as const, [rates.tnr, rates.fpr] as const]) {
      if (rate.kind !== "estimate" || complement.kind !== "estimate") throw new Error("both must be shown");
      expect(rate.value + complement.value).toBeCloseTo(1, 12);
      expect(rate.lower).toBeCloseTo(1 - complement.upper, 9);
    }
  });

  test("a rate nobody can know is refused, not zero", () => {
    expect(confusionRates(confusionMatrix([])).ppv).toEqual({
      kind: "insufficient",
      ess: 0,
      n: 0,
      needed: 30,
    });
  });
});
