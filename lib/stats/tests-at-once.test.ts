import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomialCdf, binomialPValue } from "./binomial-p";
import { chiSquareTest, chiSquareUpper } from "./chi-square";
import { hoeffdingBentkus } from "./hoeffding-bentkus";
import { kolmogorovSmirnov, kolmogorovUpper } from "./kolmogorov-smirnov";
import { lnGamma, stirlingError } from "./ln-gamma";

const proportion = fc.double({ min: 0.001, max: 0.999, noNaN: true });

/** How far a figure is off, as a share of what it should be. */
function off(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual / expected - 1);
}

describe("the binomial p-value", () => {
  test.each([
    [100, 1_000_000, 2e-4, 3.704888008802969e-15],
    [0, 5000, 0.02, 1.3501389379311238e-44],
    [19, 20, 0.5, 0.9999990463256836],
    [900, 1000, 0.95, 8.410251084877745e-11],
    [20_000, 1_000_000, 0.0201, 0.23934421893449395],
    [5, 10, 0.3, 0.9526510126000001],
  ])("P(X <= %d of %d at %d) is that of other programs, deep tails too", (k, n, p, expected) => {
    expect(off(binomialCdf(k, { n, p }), expected)).toBeLessThan(1e-10);
  });

  test("adds up: both tails make 1, and it rises with k and falls with p", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), proportion, (n, at, p) => {
        const k = at % n;
        const below = binomialCdf(k, { n, p });
        expect(below + binomialCdf(n - k - 1, { n, p: 1 - p })).toBeCloseTo(1, 10);
        expect(binomialCdf(k + 1, { n, p })).toBeGreaterThanOrEqual(below);
        expect(binomialCdf(k, { n, p: p / 2 })).toBeGreaterThanOrEqual(below - 1e-12);
      }),
    );
  });

  test("of nothing seen is 1, and what is no count or no limit is refused", () => {
    expect(binomialPValue({ n: 0, wrong: 0, alpha: 0.02 })).toBe(1);
    expect(binomialCdf(-1, { n: 5, p: 0.5 })).toBe(0);
    expect(() => binomialPValue({ n: 1.5, wrong: 0, alpha: 0.02 })).toThrow(RangeError);
    expect(() => binomialPValue({ n: 5, wrong: Number.NaN, alpha: 0.02 })).toThrow(RangeError);
    expect(() => binomialPValue({ n: 5, wrong: 0, alpha: 0 })).toThrow(RangeError);
  });
});

describe("Hoeffding-Bentkus", () => {
  test("is never smaller than the binomial p-value where losses are 0 or 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(), proportion, (n, at, alpha) => {
        const wrong = at % (n + 1);
        const p = hoeffdingBentkus({ meanLoss: wrong / n, n, alpha });
        expect(p).toBeGreaterThanOrEqual(binomialPValue({ n, wrong, alpha }) * (1 - 1e-9));
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("a mean that is a whole number of errors is not counted as one more", () => {
    // 0.07 · 100 is 7.000000000000001.
    const exact = Math.E * binomialCdf(7, { n: 100, p: 0.2 });
    expect(hoeffdingBentkus({ meanLoss: 0.07, n: 100, alpha: 0.2 })).toBeLessThanOrEqual(exact);
  });

  test("of nothing seen is 1; a loss out of its range is refused", () => {
    expect(hoeffdingBentkus({ meanLoss: 0, n: 0, alpha: 0.1 })).toBe(1);
    expect(() => hoeffdingBentkus({ meanLoss: 1.2, n: 5, alpha: 0.1 })).toThrow(RangeError);
  });
});

describe("chi-square", () => {
  test.each([
    [3.841458820694124, 1, 0.05],
    [18.307038053275146, 10, 0.05],
    [124.34211340400408, 100, 0.05],
    [0.5, 7, 0.9994464813904249],
    [200, 3, 4.218541107192018e-43],
    [0, 3, 1],
    [Infinity, 3, 0],
  ])("beyond %d with %d degrees of freedom lies %d", (x, df, expected) => {
    expect(off(chiSquareUpper(x, df), expected)).toBeLessThan(1e-11);
  });

  test("rows in the same proportions show nothing; empty rows and columns are left out", () => {
    expect(
      chiSquareTest([
        [10, 20, 30, 0],
        [20, 40, 60, 0],
        [0, 0, 0, 0],
      ]),
    ).toMatchObject({ df: 2, p: 1 });
  });

  test("is the same for the table turned over", () => {
    const table = fc.array(fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const turned = [0, 1, 2].map((j) => rows.map((row) => row[j] ?? 0));
        const [one, other] = [chiSquareTest(rows), chiSquareTest(turned)];
        expect(one?.statistic ?? 0).toBeCloseTo(other?.statistic ?? 0, 9);
        expect(one?.p ?? 1).toBeCloseTo(other?.p ?? 1, 9);
      }),
    );
  });

  test("with one row or column left there is nothing to test; a broken table is refused", () => {
    expect(chiSquareTest([[1, 2]])).toBeNull();
    expect(chiSquareTest([])).toBeNull();
    expect(() => chiSquareTest([[1, 2], [1]])).toThrow(RangeError);
    expect(() =>
      chiSquareTest([
        [1, -2],
        [1, 3],
      ]),
    ).toThrow(RangeError);
    expect(() => chiSquareUpper(Number.NaN, 1)).toThrow(RangeError);
  });
});

describe("two-sample Kolmogorov-Smirnov", () => {
  const value = fc.integer({ min: 0, max: 6 });
  const sample = fc.array(value, { minLength: 1, maxLength: 12 });

  test("the exact p-value counts the ways to divide the pooled values, ties and all", () => {
    const small = fc.array(value, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(small, small, (a, b) => {
        const { statistic, p } = kolmogorovSmirnov(a, b, "exact");
        const pooled = [...a, ...b];
        let ways = 0;
        let asFar = 0;
        for (let mask = 0; mask < 2 ** pooled.length; mask += 1) {
          const [left, right]: [number[], number[]] = [[], []];
          pooled.forEach((x, i) => ((mask >> i) % 2 === 1 ? left : right).push(x));
          if (left.length !== a.length) continue;
          ways += 1;
          if (distance(left, right) >= statistic - 1e-9) asFar += 1;
        }
        expect(p).toBeCloseTo(asFar / ways, 10);
      }),
      { numRuns: 60 },
    );
  });

  test("is symmetric, and blind to any rising change of scale", () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const found = kolmogorovSmirnov(a, b);
        const turned = kolmogorovSmirnov(b, a);
        expect(turned.statistic).toBe(found.statistic);
        expect(turned.p).toBeCloseTo(found.p, 12);
        expect(kolmogorovSmirnov(a.map(Math.exp), b.map(Math.exp))).toEqual(found);
      }),
    );
  });

  test("a sample against itself is at distance 0 with p = 1, against one beyond it at distance 1", () => {
    expect(kolmogorovSmirnov([1, 2, 3], [1, 2, 3])).toEqual({ statistic: 0, p: 1, method: "exact" });
    const { statistic, p } = kolmogorovSmirnov([1, 2, 3], [4, 5, 6]);
    expect(statistic).toBe(1);
    expect(p).toBeCloseTo(2 / 20, 12);
  });

  test("large samples take the asymptotic way, near the exact one", () => {
    const a = Array.from({ length: 900 }, (_, i) => (i * 0.618) % 1);
    const b = Array.from({ length: 1100 }, (_, i) => ((i * 0.382) % 1) ** 1.1);
    const [exact, rough] = [kolmogorovSmirnov(a, b, "exact"), kolmogorovSmirnov(a, b, "asymptotic")];
    expect(rough.statistic).toBe(exact.statistic);
    expect(Math.abs(rough.p - exact.p)).toBeLessThan(0.02);
    expect(kolmogorovSmirnov(Array(2100).fill(0), Array(2100).fill(0)).method).toBe("asymptotic");
  });

  test.each([
    [0.40925, 10, 0.04999645233425898, 1e-9],
    [0.1, 100, 0.2526927570063874, 1e-9],
    [0.2, 140, 2.1981563302200222e-5, 1e-7],
    [0.05, 900, 0.021459262596963336, 1e-3],
    [0.03, 5000, 0.00024159234422666817, 2e-3],
    [0.7, 1, 0.6, 1e-9],
    [0.3, 1, 1, 1e-9],
  ])("one sample: beyond %d of %d lies %d", (d, n, expected, relative) => {
    expect(off(kolmogorovUpper(d, n), expected)).toBeLessThan(relative);
  });

  test("refuses an empty sample and what is no number", () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow(RangeError);
    expect(() => kolmogorovSmirnov([Number.NaN], [1])).toThrow(RangeError);
  });
});

describe("the gamma function", () => {
  test("is the factorial at whole numbers and the square root of pi at one half", () => {
    let factorial = 1;
    for (let n = 1; n <= 30; n += 1) {
      expect(lnGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
    expect(stirlingError(15.999)).toBeCloseTo(stirlingError(16), 6);
    expect(() => lnGamma(0)).toThrow(RangeError);
  });
});

function distance(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], x: number) =>
    values.filter((each) => each <= x).length / values.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x))));
}
