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
  [1, "1.00"],
])("%d reads %s", (threshold, text) => {
  expect(thresholdText(threshold)).toBe(text);
});

test("only 1 reads as 1, and what is read is within a tenth of what is missing from it", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1 - 1e-13, noNaN: true }), (threshold) => {
      const read = Number(thresholdText(threshold));
      expect(read).toBeLessThan(1);
      expect(Math.abs(read - threshold)).toBeLessThanOrEqual(Math.max(0.1 * (1 - threshold), 1e-12));
    }),
  );
});
