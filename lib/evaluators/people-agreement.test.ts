import { expect, test } from "vitest";
import { leastItems, peopleAgreement, type PeopleItem } from "./people-agreement";

const item = (...labels: (string | null)[]): PeopleItem =>
  labels.flatMap((label, at) => (label === null ? [] : [{ by: `p${at}`, passed: null, label }]));
const times = (n: number, ...labels: (string | null)[]) => Array.from({ length: n }, () => item(...labels));

test("a subject that one person ruled on says nothing, and below the least number nothing is said", () => {
  const few = [...times(leastItems - 1, "a", "b", "a"), ...times(50, "a", null, null)];
  expect(peopleAgreement(few)).toMatchObject({ n: leastItems - 1, people: 3, measures: null });
});

test("alpha takes every subject, Fleiss those of the usual number, Cohen each two with enough in common", () => {
  const items = [
    ...times(40, "a", "a", "a"),
    ...times(10, "b", "b", "b"),
    ...times(10, "a", "b", "a"),
    ...times(20, "b", null, "a"),
  ];
  const { n, measures } = peopleAgreement(items);
  expect(n).toBe(80);
  expect(measures?.percent.value).toBeCloseTo(50 / 80, 12);
  expect(measures?.fleiss).toMatchObject({ raters: 3, n: 60 });
  // P = (50 + 10 / 3) / 60, Pe = (140 / 180)² + (40 / 180)².
  const chance = (140 / 180) ** 2 + (40 / 180) ** 2;
  expect(measures?.fleiss.value).toBeCloseTo(((50 + 10 / 3) / 60 - chance) / (1 - chance), 12);
  expect(measures?.krippendorff.n).toBe(80);
  expect(measures?.cohen.map(({ n: pairs }) => pairs)).toEqual([80, 60, 60]);
  expect(peopleAgreement(items)).toEqual(peopleAgreement(items));
});

test("ties are kept apart, merged or left out as asked; always the same word is not defined", () => {
  const items = times(40, "tie (both bad)", "tie", "a");
  expect(peopleAgreement(items).measures?.percent.value).toBe(0);
  const merged = peopleAgreement(items, "merged").measures?.cohen.map(({ value }) => value);
  expect(merged).toEqual([null, 0, 0]);
  expect(peopleAgreement(items, "left_out")).toMatchObject({ n: 0, measures: null });
});

test("pass and fail are words too", () => {
  const items: PeopleItem[] = Array.from({ length: 30 }, (_, at) => [
    { by: "p0", passed: at % 2 === 0, label: null },
    { by: "p1", passed: at % 2 === 0, label: null },
  ]);
  expect(peopleAgreement(items).measures?.cohen[0]?.value).toBe(1);
});
