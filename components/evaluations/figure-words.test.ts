import { expect, test } from "vitest";
import type { Figure } from "@/lib/evaluations/schema";
import { figureText, intervalText, valueText } from "./figure-words";

const figure: Figure = {
  unit: "share",
  value: 0.0342,
  lower: 0.01,
  upper: 0.08,
  n: 80,
  ess: 55.4,
  needed: null,
  population: "those",
  weighting: "1/pi",
  rows: {},
};

test("a share, a time and an interval read as people say them", () => {
  expect(figureText("share", 0.0034)).toBe("0.34 %");
  expect([3.25, 45, 600, 9000].map((value) => figureText("seconds", value))).toEqual([
    "3.3 s",
    "45 s",
    "10.0 min",
    "2.5 h",
  ]);
  expect(intervalText(figure)).toBe("95 % interval 1.0 % – 8.0 %, effective n = 55");
  // Where every one counts once it is n, which stands beside it.
  expect(intervalText({ ...figure, ess: 80 })).toBe("95 % interval 1.0 % – 8.0 %");
});

test("too little is said, never shown as a number", () => {
  const missing = { ...figure, value: null, lower: null, upper: null, ess: 12.9, needed: 30 };
  expect([valueText(missing), intervalText(missing)]).toEqual(["Not enough yet: 12 of 30", undefined]);
  expect(valueText({ ...missing, n: 0, ess: 0 })).toBe("Nothing yet");
});
