import fc from "fast-check";
import { expect, test } from "vitest";
import { thresholdText } from "./threshold-text";

test.each([
  [0, "0.00"],
  [0.5, "0.50"],
  [0.9, "0.90"],
  [0.875, "0.875"],
  [0.8755, "0.8755"],
  [0.9440000000000001, "0.944"],
  [0.999, "0.999"],
  [0.9990819944891053, "0.99908"],
  [0.999982, "0.999982"],
  [0.9999999999996, "1 − 4 × 10⁻¹³"],
  [0.99999958, "1 − 4.2 × 10⁻⁷"],
  [1 - 2 ** -53, "1 − 1.1 × 10⁻¹⁶"],
  [1, "1.00"],
])("%d reads %s", (threshold, text) => {
  expect(thresholdText(threshold)).toBe(text);
});

/** What the text says is missing from 1. */
function missingIn(text: string): number {
  const [, digits, exponent] = /^1 − ([\d.]+) × 10⁻(.+)$/.exec(text) ?? [];
  if (exponent === undefined) return 1 - Number(text);
  return Number(`${digits}e-${[...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)).join("")}`);
}

test("only 1 reads as 1, and what is read is within a tenth of what is missing from it", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true }), (threshold) => {
      const missing = missingIn(thresholdText(threshold));
      expect(missing).toBeGreaterThan(0);
      expect(Math.abs(missing - (1 - threshold))).toBeLessThanOrEqual(Math.max(0.1 * (1 - threshold), 1e-12));
    }),
  );
});

test("it is as short as a table can hold, however near 1", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 53 }), fc.integer({ min: 1, max: 9 }), (power, digit) => {
      expect(thresholdText(1 - digit / 10 / 2 ** power).length).toBeLessThanOrEqual(16);
    }),
  );
});
