import { expect, test } from "vitest";
import { binOf, calibratedOf, type ClaimBin } from "./calibrated";

const bin = (at: number, count: number, right: number): ClaimBin => ({
  bin: at,
  count,
  weight: count,
  squaredWeight: count,
  stated: count * ((at + 0.5) / 15),
  right,
});

test("fewer than 200 labels say nothing, and how many are missing is told", () => {
  expect(calibratedOf([bin(12, 199, 199)], 0.83)).toEqual({ kind: "uncalibrated", n: 199, needed: 200 });
  expect(calibratedOf([], 0.83)).toMatchObject({ kind: "uncalibrated", n: 0 });
});

test("a claim is worth how often claims like it were right, with the interval of its own bin", () => {
  const worth = calibratedOf([bin(5, 100, 40), bin(12, 100, 79)], (12 + 0.5) / 15);
  expect(worth).toMatchObject({ kind: "calibrated", n: 200, n_alike: 100 });
  if (worth.kind !== "calibrated") throw new Error("it is calibrated");
  expect(worth.value).toBeCloseTo(0.79, 10);
  // Wilson's interval of 79 in 100.
  expect(worth.lower).toBeCloseTo(0.7002, 3);
  expect(worth.upper).toBeCloseTo(0.8583, 3);
});

test("more confidence is never worth less: bins that fall are pooled", () => {
  const bins = [bin(10, 100, 90), bin(12, 100, 70)];
  const low = calibratedOf(bins, (10 + 0.5) / 15);
  const high = calibratedOf(bins, (12 + 0.5) / 15);
  expect(low).toMatchObject({ value: 0.8 });
  expect(high).toMatchObject({ value: 0.8 });
});

test("weights count: a label that was drawn one time in ten stands for ten", () => {
  const weighted: ClaimBin = {
    bin: 14,
    count: 200,
    weight: 1100,
    squaredWeight: 10_100,
    stated: 1045,
    right: 600,
  };
  expect(calibratedOf([weighted], 0.95)).toMatchObject({ value: 600 / 1100, n: 200 });
});

test("a bin holds its upper edge", () => {
  expect([0, 1 / 15, 0.0667, 0.2, 0.6, 1].map(binOf)).toEqual([0, 0, 1, 2, 8, 14]);
});
