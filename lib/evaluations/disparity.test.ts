import { expect, test } from "vitest";
import { confusionMatrix } from "@/lib/stats/confusion";
import { seededRandom } from "@/lib/stats/seeded-random";
import { disparityOf, disparityWarnings, type ValueSums } from "./disparity";

type Case = { value: string; predicted: boolean; actual: boolean };

const sumsOf = (cases: readonly Case[]): ValueSums[] =>
  [...Map.groupBy(cases, ({ value }) => value)].map(([value, own]) => ({
    value,
    ...confusionMatrix(own),
    proposed: own.filter(({ predicted }) => predicted).length,
    all: own.length,
  }));

function people(random: () => number, value: string, n: number, wrongYes: number): Case[] {
  return Array.from({ length: n }, () => {
    const actual = random() < 0.5;
    return { value, actual, predicted: actual ? random() < 0.9 : random() < wrongYes };
  });
}

test("a group that is wronged more often is warned of, with a difference that brute force gives too", () => {
  const random = seededRandom(7);
  const cases = [...people(random, "north", 900, 0.1), ...people(random, "south", 900, 0.3)];
  const rows = disparityOf(sumsOf(cases));
  const fpr = (of: string) => {
    const negatives = cases.filter(({ value, actual }) => value === of && !actual);
    return negatives.filter(({ predicted }) => predicted).length / negatives.length;
  };
  const south = rows.find(({ value }) => value === "south");
  expect(south?.rates.fpr.difference?.value).toBeCloseTo(fpr("south") - fpr("north"), 12);
  expect(south?.rates.fpr.real).toBe(true);
  expect(south?.rates.fnr.real).toBe(false);
  expect(disparityWarnings("Region", rows)[0]).toMatch(/^Region (south|north) is proposed to act on wrongly/);
});

test("groups that are treated alike are rarely warned of, however many there are", () => {
  const random = seededRandom(11);
  let warned = 0;
  for (let round = 0; round < 200; round += 1) {
    const cases = Array.from({ length: 8 }, (_, at) => people(random, `g${at}`, 150, 0.2)).flat();
    if (disparityWarnings("Group", disparityOf(sumsOf(cases))).length > 0) warned += 1;
  }
  // Under the null any warning is false, and BH keeps "any" at five in a hundred; the comparisons overlap.
  expect(warned / 200).toBeLessThan(0.1);
});

test("too few say nothing, and the four-fifths ratio is against the highest", () => {
  const random = seededRandom(3);
  const rows = disparityOf(sumsOf([...people(random, "a", 400, 0.2), ...people(random, "b", 10, 0.9)]));
  const small = rows.find(({ value }) => value === "b");
  expect([small?.ratio, small?.rates.selection.difference, small?.rates.selection.real]).toEqual([
    null,
    null,
    false,
  ]);
  expect(rows.find(({ value }) => value === "a")?.ratio).toBe(1);
});
