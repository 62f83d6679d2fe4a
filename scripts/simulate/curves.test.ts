import { expect, test } from "vitest";
import { bins, confidenceOf, isViolated, oracleShare, ratesOf, risksOf, type CurveName } from "./curves";

const shares: [CurveName, number][] = [
  ["CAL", 0.4],
  ["OVER3", 0.25],
  ["UNDER3", 0.75],
  ["EASY", 1],
  ["BLIND", 0.6],
  ["HARD", 0],
  ["STEP", 0.6],
  ["CONST", 0],
  ["EXPAND", 0.55],
];

test.each(shares)("%s: with the truth known, a share of %d could run alone", (curve, share) => {
  expect(oracleShare(ratesOf(curve, 0.02), 0.02)).toBeCloseTo(share, 12);
});

test("EXPAND breaks the promise by a thousandth one threshold past its oracle", () => {
  const risks = risksOf(ratesOf("EXPAND", 0.02));
  expect(risks[11]).toBeCloseTo(1.001 * 0.02, 12);
  expect(isViolated(risks, 11, 0.02)).toBe(false);
  expect(isViolated(risks, 12, 0.02)).toBe(true);
});

test("a threshold whose risk is the promise itself keeps it", () => {
  const risks = risksOf(ratesOf("STEP", 0.02));
  expect(isViolated(risks, 12, 0.02)).toBe(false);
  expect(isViolated(risks, 0, 0.02)).toBe(false);
});

test("confidence falls from bin to bin", () => {
  const confidences = Array.from({ length: bins }, (_, bin) => confidenceOf(bin));
  expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
  expect(new Set(confidences).size).toBe(bins);
});
