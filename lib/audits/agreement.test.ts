import { expect, test } from "vitest";
import { agreementOf, type JudgedItem } from "./agreement";
import type { Judgement } from "./schema";

const by = (...judgements: Judgement[]): JudgedItem =>
  judgements.map((judgement, i) => ({ auditor: `user:${i}`, judgement }));
const many = (n: number, item: JudgedItem) => Array.from({ length: n }, () => item);

test("below thirty decisions judged by two nothing is said, only how many there are", () => {
  const items = [...many(29, by("correct", "correct")), ...many(50, by("correct"))];
  expect(agreementOf(items)).toEqual({ object: "audits.agreement", n: 29, needed: 30, measures: null });
});

test("two auditors: all five measures with n and interval, alike on every reload", () => {
  const items = [
    ...many(40, by("correct", "correct")),
    ...many(12, by("incorrect", "incorrect")),
    ...many(8, by("correct", "borderline")),
  ];
  const once = agreementOf(items);
  expect(agreementOf(items)).toEqual(once);
  expect(once.measures?.percent).toMatchObject({ value: 52 / 60, n: 60 });
  for (const measure of Object.values(once.measures ?? {})) {
    expect(measure?.n).toBe(60);
    expect(measure?.lower).toBeLessThan(measure?.value ?? -1);
    expect(measure?.upper).toBeGreaterThan(measure?.value ?? 2);
  }
  // Half a step apart is less than a whole one.
  expect(once.measures?.krippendorff_ordinal.value).toBeGreaterThan(
    once.measures?.krippendorff_nominal.value ?? 1,
  );
});

test("Cohen's kappa is of two people: with a third it is not given; Fleiss counts the usual number only", () => {
  const items = [
    ...many(30, by("correct", "incorrect")),
    ...many(20, by("correct", "correct")),
    ...many(5, by("correct", "correct", "incorrect")),
  ];
  const { measures } = agreementOf(items);
  expect(measures?.cohen).toBeNull();
  expect(measures?.fleiss.n).toBe(50);
  expect(measures?.krippendorff_nominal.n).toBe(55);
});
