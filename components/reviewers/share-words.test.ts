import { expect, test } from "vitest";
import { certaintyText, countsText, looksText, lookText, percentText } from "./share-words";

const share = { part: 18, n: 20, needed: 10, value: 0.9, lower: 0.683, upper: 0.988 };

test("a share says its counts, its percentage and how sure it is", () => {
  expect(countsText(share)).toBe("18 of 20");
  expect(percentText(share.value)).toBe("90 %");
  expect(certaintyText(share)).toBe("95 % interval 68–99 %");
});

test("too few say so, and none says nothing", () => {
  const few = { part: 3, n: 4, needed: 10, value: null, lower: null, upper: null };
  expect(percentText(few.value)).toBeNull();
  expect(certaintyText(few)).toBe("Too few to say: 4 of 10");
  expect(certaintyText({ ...few, part: 0, n: 0 })).toBe("Nothing measured yet");
});

test("looks are told in the unit people use", () => {
  expect([null, 8.4, 89, 186].map(lookText)).toEqual(["–", "8 s", "89 s", "3.1 min"]);
  expect(looksText({ p50: 8, p90: 95, n: 40 })).toBe("8 s · 1.6 min");
  expect(looksText({ p50: null, p90: null, n: 4 })).toBe("Too few: 4");
});
