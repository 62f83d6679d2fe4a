import { expect, test } from "vitest";
import { isDeliberate, severityOf, type Impact } from "./impact";
import { stretch } from "./words";

test.each<[string, Impact, string, boolean]>([
  [
    "a little that cannot be undone",
    { amount: 1, amountCap: 100, reversibility: "irreversible" },
    "medium",
    true,
  ],
  [
    "no money, and no way back",
    { amount: null, amountCap: 100, reversibility: "irreversible" },
    "high",
    true,
  ],
  ["more than the cap", { amount: 101, amountCap: 100, reversibility: "reversible" }, "high", true],
  ["exactly the cap", { amount: 100, amountCap: 100, reversibility: "compensable" }, "medium", false],
  ["half the cap", { amount: 50, amountCap: 100, reversibility: "reversible" }, "medium", false],
  ["less", { amount: 49, amountCap: 100, reversibility: "reversible" }, "low", false],
  ["no cap", { amount: 1_000_000, amountCap: null, reversibility: "compensable" }, "low", false],
  ["no money", { amount: null, amountCap: 100, reversibility: "reversible" }, "low", false],
])("%s", (_title, impact, severity, deliberate) => {
  expect(severityOf(impact)).toBe(severity);
  expect(isDeliberate(impact)).toBe(deliberate);
});

test.each([
  [-3, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [3599, "59 min"],
  [7200, "2 h"],
  [86_400 * 2, "2 days"],
])("%s seconds read %s", (seconds, words) => {
  expect(stretch(seconds)).toBe(words);
});
