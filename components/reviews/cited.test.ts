import { expect, test } from "vitest";
import { brokenCitations, isStale, quotesFrom, stretchesOf } from "./cited";

test("quoted words are marked wherever they stand, and nothing is lost", () => {
  const text = "Charged twice. Sorry, charged twice again: charged twice.";
  const found = stretchesOf(text, ["charged twice", "twice again"]);
  expect(found.map(({ text: part }) => part).join("")).toBe(text);
  expect(found.filter(({ cited }) => cited).map(({ text: part }) => part)).toEqual([
    "charged twice again",
    "charged twice",
  ]);
});

test("without a quote, or with one that is not there, the text stands as it is", () => {
  expect(stretchesOf("As it is", [])).toEqual([{ text: "As it is", cited: false }]);
  expect(stretchesOf("As it is", ["was", "  "])).toEqual([{ text: "As it is", cited: false }]);
  expect(stretchesOf("", ["x"])).toEqual([]);
});

test("a quote is words, never a pattern", () => {
  expect(stretchesOf("a.c abc", ["a.c"])).toEqual([
    { text: "a.c", cited: true },
    { text: " abc", cited: false },
  ]);
});

const context = [
  { id: "c1", text: "The order was paid once." },
  { id: "c2", data: { charges: [{ status: "captured", amount: 1800 }] } },
];

test("a citation of what was not given, or of words that are not there, is broken", () => {
  const citations = [
    { context_id: "c1", quote: "paid once" },
    { context_id: "c1", quote: "paid twice" },
    { context_id: "c2", quote: "1800" },
    { context_id: "c2" },
    { context_id: "c9", quote: "paid" },
  ];
  expect(brokenCitations(citations, context).map(({ citation, why }) => [citation.context_id, why])).toEqual([
    ["c1", "no_words"],
    ["c9", "no_item"],
  ]);
  expect(brokenCitations([{ context_id: "c1" }], null)).toHaveLength(1);
  expect(quotesFrom(citations, "c1")).toEqual(["paid once", "paid twice"]);
});

test("evidence of more than a day is old", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  expect(isStale("2026-11-21T12:00:00Z", now)).toBe(false);
  expect(isStale("2026-11-21T11:59:59Z", now)).toBe(true);
});
