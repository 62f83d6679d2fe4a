import { describe, expect, test } from "vitest";
import { tangoInterval } from "./tango";

describe("the score interval of a paired difference", () => {
  // [onlyFirst, onlySecond, n, level, lower, upper, digits]; where each is printed.
  test.each([
    ["Fagerland, Lydersen & Laake 2014, table II", 1, 7, 21, 0.95, -0.517, -0.026],
    ["Agresti & Min 2005", 16, 8, 86, 0.95, -0.02, 0.207],
  ])("is what %s prints", (_source, onlyFirst, onlySecond, n, level, lower, upper) => {
    const interval = tangoInterval({ onlyFirst, onlySecond, n }, level);
    expect(interval.lower).toBeCloseTo(lower, 3);
    expect(interval.upper).toBeCloseTo(upper, 3);
  });

  test("is z² / (n + z²) on both sides where no pair differs", () => {
    const { lower, upper } = tangoInterval({ onlyFirst: 0, onlySecond: 0, n: 100 });
    const z2 = 3.841458820694124;
    expect(upper).toBeCloseTo(z2 / (100 + z2), 10);
    expect(lower).toBeCloseTo(-upper, 12);
  });

  test("turns round with its pairs, and holds what was seen", () => {
    for (const [onlyFirst, onlySecond, n] of [
      [0, 5, 5],
      [3, 0, 40],
      [12, 2, 50],
      [400, 380, 5000],
    ] as const) {
      const one = tangoInterval({ onlyFirst, onlySecond, n });
      const other = tangoInterval({ onlyFirst: onlySecond, onlySecond: onlyFirst, n });
      const seen = (onlyFirst - onlySecond) / n;
      expect(one.lower).toBeCloseTo(-other.upper, 10);
      expect(one.lower).toBeLessThanOrEqual(seen);
      expect(one.upper).toBeGreaterThanOrEqual(seen);
      expect(one.lower).toBeGreaterThanOrEqual(-1);
    }
  });

  test("of no pairs is everything", () => {
    expect(tangoInterval({ onlyFirst: 0, onlySecond: 0, n: 0 })).toEqual({ lower: -1, upper: 1 });
    expect(() => tangoInterval({ onlyFirst: 3, onlySecond: 3, n: 5 })).toThrow(RangeError);
  });
});
