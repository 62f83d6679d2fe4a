import { expect, test } from "vitest";
import { subjectKey, valueHash } from "@/lib/policies/server/read-history";
import { historyKey, type HistoryAsk } from "@/lib/policies/history";
import { BatchHistory, type Past } from "./batch-history";

const subject = { type: "customer", id: "c_1" };
const asks: HistoryAsk[] = [
  { of: "count", seconds: 3600, type: null },
  { of: "count", seconds: 3600, type: "refund.issue" },
  { of: "sum", seconds: 3600, type: null },
  { of: "seen", seconds: 3600, argument: "iban" },
  { of: "distinct", seconds: 3600, argument: "iban" },
];
const past = (more: Partial<Past> = {}): Past => ({
  subject,
  livemode: false,
  typeKey: "refund.issue",
  money: { amount: 100, currency: "EUR" },
  arguments: { iban: "DE1" },
  ...more,
});

const stored = new Map([
  [0, new Map([["", 4]])],
  [1, new Map([["", 3]])],
  [2, new Map([["EUR", 1000]])],
  [3, new Map([[valueHash("DE1") ?? "", 2]])],
  [4, new Map([[valueHash("DE1") ?? "", 2]])],
]);
const history = () => new BatchHistory(asks, new Map([[false, new Map([[subjectKey(subject), stored]])]]));
const answers = (of: BatchHistory, about: Past) =>
  asks.map((ask) => of.answersFor(about)?.get(historyKey(ask)));

test("what is stored and what came before in the same set count together", () => {
  const batch = history();
  expect(answers(batch, past())).toEqual([4, 3, 1000, 2, 1]);
  batch.remember(past());
  batch.remember(
    past({ typeKey: "other", arguments: { iban: "DE2" }, money: { amount: 7, currency: "USD" } }),
  );
  expect(answers(batch, past())).toEqual([6, 4, 1100, 3, 2]);
  expect(answers(batch, past({ arguments: { iban: "DE3" } }))).toEqual([6, 4, 1100, 0, 3]);
});

test("other subjects and the other mode do not count", () => {
  const batch = history();
  batch.remember(past({ subject: { type: "customer", id: "c_2" } }));
  batch.remember(past({ livemode: true }));
  expect(answers(batch, past())[0]).toBe(4);
});

test("what cannot be said is not answered", () => {
  const batch = history();
  expect(batch.answersFor(past({ subject: null }))).toBeNull();
  expect(batch.answersFor(past({ livemode: true }))).toBeNull();
  expect(answers(batch, past({ money: null }))[2]).toBeUndefined();
  expect(answers(batch, past({ arguments: {} }))[3]).toBeUndefined();
});
