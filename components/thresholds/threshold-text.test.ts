import { expect, test } from "vitest";
import { amountText, hoursText, intervalText, moneyText, pointsText, segmentText } from "./figure-texts";
import { axisTo } from "./plot";
import { fieldText, stepped, thresholdOf } from "./threshold-text";

test.each([
  [0.87, 0.01, 0.88],
  [0.875, 0.01, 0.88],
  [0.875, -0.01, 0.87],
  [0.29, 0.01, 0.3],
  [0.57, 0.05, 0.62],
  [0.98, 0.05, 1],
  [0.03, -0.05, 0],
])("from %f a step of %f leads to %f", (from, by, to) => expect(stepped(from, by)).toBe(to));

test.each([
  ["0.87", 0.87],
  ["0,875", 0.875],
  [" 1 ", 1],
  ["0.999982", 0.999982],
  ["1.01", undefined],
  ["-0.1", undefined],
  ["", undefined],
  ["high", undefined],
])("%j typed is %s", (text, threshold) => expect(thresholdOf(text)).toBe(threshold));

test("what a field shows can be typed back", () => {
  expect([0.9, 0.99908, 0.9999999999996].map(fieldText)).toEqual(["0.90", "0.99908", "0.9999999999996"]);
});

test("figures are said with the digits that mean something", () => {
  expect([0, 0.42, 3.14, 128.4].map(amountText)).toEqual(["0", "0.42", "3.1", "128"]);
  expect([hoursText(0.5), hoursText(12.44)]).toEqual(["30 min", "12.4 h"]);
  expect([pointsText(0.121), pointsText(-0.05)]).toEqual(["+12.1 points", "−5.0 points"]);
  expect([moneyText(123_456, "EUR"), moneyText(500, "JPY")]).toEqual(["€1,235", "¥500"]);
});

test("an interval says what it rests on, a missing figure what it lacks", () => {
  const known = { kind: "estimate", value: 0.01, lower: 0.005, upper: 0.02, n: 400 } as const;
  expect(intervalText({ ...known, ess: 400 })).toBe("95 % interval 0.50 % – 2.0 %, n = 400");
  expect(intervalText({ ...known, ess: 92.3 })).toContain("n = 400, effective 92");
  expect(intervalText({ kind: "insufficient", n: 12, ess: 9.7, needed: 30 })).toContain("effective 9");
});

test("a part of amounts is said in money", () => {
  const part = { dimension: "amount", name: "" } as const;
  expect(segmentText({ ...part, band: { low: 0, high: 2000 } }, "EUR").name).toBe("below €20");
  expect(segmentText({ ...part, band: { low: 2000, high: 5000 } }, "EUR").name).toBe("€20 to €50");
  expect(segmentText({ ...part, band: { low: 5000, high: null } }, "EUR").name).toBe("from €50");
});

test.each([0, 0.021, 3, 47, 1234])("an axis to %f has round steps that reach it", (most) => {
  const { top, ticks } = axisTo(most, String);
  expect(top).toBeGreaterThanOrEqual(most);
  expect(ticks[0]).toEqual({ at: 0, label: "0" });
  expect(ticks.at(-1)?.at).toBe(1);
  expect(ticks.length).toBeLessThanOrEqual(6);
});
