import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountBound } from "./account";
import { detectorSum, newDetector, updateDetector } from "./shiryaev-roberts";
import { baselineRate, newStream, streamSum, updateStream } from "./stream-detector";

const rate = fc.double({ min: 0.005, max: 0.3, noNaN: true });

describe("the audit detector", () => {
  test("is worth the number of audits on average while the rate is alpha: a false alarm at c comes after c audits", () => {
    const alpha = 0.07;
    for (const n of [1, 4, 10]) {
      let mean = 0;
      for (let path = 0; path < 2 ** n; path += 1) {
        const detector = newDetector();
        let chance = 1;
        for (let t = 0; t < n; t += 1) {
          const isWrong = (path >> t) % 2 === 1;
          updateDetector(detector, { alpha, isWrong });
          chance *= isWrong ? alpha : 1 - alpha;
        }
        mean += chance * detectorSum(detector);
      }
      expect(mean).toBeCloseTo(n, 9);
    }
  });

  test("after one audit holds a fifth of each of the five likelihood ratios, the rates held at 95 %", () => {
    for (const alpha of [0.02, 0.3]) {
      const rates = [1.5, 2, 3, 5, 10].map((multiple) => Math.min(0.95, alpha * multiple));
      const [wrong, right] = [newDetector(), newDetector()];
      updateDetector(wrong, { alpha, isWrong: true });
      updateDetector(right, { alpha, isWrong: false });
      rates.forEach((q, k) => {
        expect(wrong[k]).toBeCloseTo(q / alpha / 5, 12);
        expect(right[k]).toBeCloseTo((1 - q) / (1 - alpha) / 5, 12);
      });
    }
  });

  test("a wrong audit always raises it more than a right one", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 50 }), rate, (path, alpha) => {
        const after = (last: boolean) => {
          const detector = newDetector();
          for (const isWrong of [...path, last]) updateDetector(detector, { alpha, isWrong });
          return detectorSum(detector);
        };
        expect(after(true)).toBeGreaterThan(after(false));
      }),
    );
  });

  test("stays a number JSON can hold, however long everything is wrong", () => {
    const detector = newDetector();
    for (let i = 0; i < 2000; i += 1) updateDetector(detector, { alpha: 0.02, isWrong: true });
    expect(JSON.parse(JSON.stringify(detector))).toEqual(detector);
    expect(detectorSum(detector)).toBe(Number.MAX_VALUE);
  });

  test.each([0, 1, Number.NaN])("an alpha of %d is refused", (alpha) => {
    expect(() => updateDetector(newDetector(), { alpha, isWrong: true })).toThrow(RangeError);
    expect(() => updateDetector([0], { alpha: 0.02, isWrong: true })).toThrow(RangeError);
  });
});

describe("the detector of the reviewed stream", () => {
  test("is worth one a day on average while overrides are 1.25 times the baseline", () => {
    const expected = 3.2;
    const mean = 1.25 * expected;
    let chance = Math.exp(-mean);
    let worth = 0;
    for (let overrides = 0; overrides < 200; overrides += 1) {
      const stream = newStream();
      updateStream(stream, { overrides, expected });
      worth += chance * streamSum(stream);
      chance *= mean / (overrides + 1);
    }
    expect(worth).toBeCloseTo(1, 9);
  });

  test("stays silent for a year at the baseline and speaks within three days of a fourfold rate", () => {
    const stream = newStream();
    for (let day = 0; day < 365; day += 1) updateStream(stream, { overrides: 12, expected: 12 });
    expect(streamSum(stream)).toBeLessThan(2000);
    for (let day = 0; day < 3; day += 1) updateStream(stream, { overrides: 48, expected: 12 });
    expect(streamSum(stream)).toBeGreaterThan(2000);
  });

  test("a day without decisions changes nothing but the running start", () => {
    const stream = newStream();
    updateStream(stream, { overrides: 0, expected: 0 });
    expect(streamSum(stream)).toBeCloseTo(1, 12);
  });

  test("the baseline of a bin nobody has seen is one half, and falls with what is right", () => {
    expect(baselineRate({ n: 0, wrong: 0 })).toBe(0.5);
    expect(baselineRate({ n: 99, wrong: 0 })).toBe(0.005);
    expect(() => baselineRate({ n: 1, wrong: 2 })).toThrow(RangeError);
  });

  test.each([
    { overrides: -1, expected: 1 },
    { overrides: Number.NaN, expected: 1 },
    { overrides: 1, expected: -1 },
    { overrides: 1, expected: Infinity },
  ])("%o is refused", (day) => {
    expect(() => updateStream(newStream(), day)).toThrow(RangeError);
  });
});

describe("the account of wrong executions", () => {
  test("holds at all times with the chance promised, exactly, when every single execution is wrong", () => {
    const [pi, delta] = [0.1, 0.05];
    const bound = Array.from({ length: 400 }, (_, wrong) => accountBound({ wrong, piMin: pi, delta }));
    let open = [1];
    let missed = 0;
    for (let executed = 1; executed <= 1500; executed += 1) {
      const next = open.map(() => 0).concat(0);
      open.forEach((chance, found) => {
        next[found] = (next[found] ?? 0) + chance * (1 - pi);
        next[found + 1] = (next[found + 1] ?? 0) + chance * pi;
      });
      open = next.map((chance, found) => {
        if (executed <= (bound[found] ?? 0)) return chance;
        missed += chance;
        return 0;
      });
    }
    expect(missed).toBeLessThanOrEqual(delta);
    expect(missed).toBeGreaterThan(delta / 5);
  });

  test("is where the mixture of its ten bets reaches 1/delta", () => {
    const found = fc.constantFrom(0, 1, 3, 5.25, 20);
    fc.assert(
      fc.property(found, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (wrong, delta) => {
        const bound = accountBound({ wrong, piMin: 1, delta });
        const thetas = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
        const mixture = thetas.reduce(
          (sum, theta) => sum + 0.1 * theta ** wrong * Math.exp(bound * (1 - theta)),
          0,
        );
        expect(mixture * delta).toBeCloseTo(1, 9);
      }),
    );
  });

  test("rises with what was found, falls with the audit rate and with the risk taken", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (wrong, piMin, delta) => {
          const bound = accountBound({ wrong, piMin, delta });
          expect(bound).toBeGreaterThan(wrong / piMin);
          expect(accountBound({ wrong: wrong + 1, piMin, delta })).toBeGreaterThan(bound);
          expect(accountBound({ wrong, piMin: piMin / 2, delta })).toBeCloseTo(2 * bound, 6);
          expect(accountBound({ wrong, piMin, delta: delta / 2 })).toBeGreaterThan(bound);
        },
      ),
    );
  });

  test.each([
    { wrong: -1, piMin: 0.1, delta: 0.05 },
    { wrong: 1, piMin: 0, delta: 0.05 },
    { wrong: 1, piMin: 0.1, delta: 1 },
    { wrong: Number.NaN, piMin: 0.1, delta: 0.05 },
  ])("%o is refused", (broken) => {
    expect(() => accountBound(broken)).toThrow(RangeError);
  });
});
