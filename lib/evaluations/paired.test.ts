import { expect, test } from "vitest";
import { tangoInterval } from "@/lib/stats/tango";
import { pairedRates, type PairSum } from "./paired";

const row = (
  [truth, first, second]: [PairSum["truth"], PairSum["first"], PairSum["second"]],
  count: number,
  pi = 1,
): PairSum => ({ truth, first, second, count, weight: count / pi, squaredWeight: count / (pi * pi) });

const rows = [
  row(["positive", "positive", "positive"], 40),
  row(["positive", "negative", "positive"], 7),
  row(["positive", "positive", "negative"], 2),
  row(["negative", "positive", "negative"], 5),
  row(["negative", "negative", "negative"], 30),
  row(["negative", "positive", "positive"], 3),
];

test("plain pairs give the shares that counting gives, and Tango's interval of their difference", () => {
  const [wrong, fpr, fnr] = pairedRates(rows);
  expect(wrong).toMatchObject({ n: 87, first: 15 / 87, second: 5 / 87 });
  expect(wrong?.gap.value).toBeCloseTo((12 - 2) / 87, 12);
  const expected = tangoInterval({ onlyFirst: 12, onlySecond: 2, n: 87 });
  expect(wrong?.gap.lower).toBeCloseTo(expected.lower, 9);
  expect(wrong?.gap.upper).toBeCloseTo(expected.upper, 9);
  expect(wrong?.gap.real).toBe(true);
  expect(fpr).toMatchObject({ n: 38, first: 8 / 38, second: 3 / 38 });
  expect(fnr).toMatchObject({ n: 49, first: 7 / 49, second: 2 / 49 });
});

test("a label that was drawn weighs by its propensity", () => {
  const [wrong] = pairedRates([
    row(["positive", "positive", "positive"], 100),
    row(["negative", "positive", "negative"], 10, 0.1),
  ]);
  expect(wrong?.first).toBeCloseTo(100 / 200, 12);
  expect(wrong?.second).toBe(0);
  expect(wrong?.n).toBe(110);
});

test("no rate is given of fewer than thirty pairs", () => {
  expect(pairedRates([row(["positive", "negative", "positive"], 29)])).toEqual([]);
});

test("versions that differ on everything keep an interval within its bounds", () => {
  const [wrong] = pairedRates([row(["positive", "negative", "positive"], 30, 0.3)]);
  expect(wrong?.gap.value).toBe(1);
  expect(wrong?.gap.upper).toBeLessThanOrEqual(1);
});
