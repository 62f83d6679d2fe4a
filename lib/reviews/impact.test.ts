import { expect, test } from "vitest";
import { isDeliberate, severityOf, type Impact } from "./impact";
import { stretch } from "./words";

const euros = (amount: number) => ({ amount, currency: "EUR" });

test.each<[string, Impact, string, boolean]>([
  [
    "a little, irreversibly",
    { amount: euros(1), cap: euros(100), reversibility: "irreversible" },
    "medium",
    true,
  ],
  [
    "no money, and no way back",
    { amount: null, cap: euros(100), reversibility: "irreversible" },
    "high",
    true,
  ],
  ["more than the cap", { amount: euros(101), cap: euros(100), reversibility: "reversible" }, "high", true],
  ["exactly the cap", { amount: euros(100), cap: euros(100), reversibility: "compensable" }, "medium", false],
  ["half the cap", { amount: euros(50), cap: euros(100), reversibility: "reversible" }, "medium", false],
  ["less", { amount: euros(49), cap: euros(100), reversibility: "reversible" }, "low", false],
  ["no cap", { amount: euros(1_000_000), cap: null, reversibility: "compensable" }, "low", false],
  ["no money", { amount: null, cap: euros(100), reversibility: "reversible" }, "low", false],
  [
    "a currency the cap is not in",
    { amount: { amount: 1, currency: "USD" }, cap: euros(100), reversibility: "reversible" },
    "high",
    true,
  ],
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
