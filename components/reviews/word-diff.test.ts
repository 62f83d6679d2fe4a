import { expect, test } from "vitest";
import { wordDiff } from "./word-diff";

const before = (pieces: ReturnType<typeof wordDiff>) =>
  pieces.flatMap(({ kind, text }) => (kind === "ins" ? [] : [text])).join("");
const after = (pieces: ReturnType<typeof wordDiff>) =>
  pieces.flatMap(({ kind, text }) => (kind === "del" ? [] : [text])).join("");

test("only the words that changed are marked", () => {
  expect(wordDiff("Refund the whole order", "Refund the first order")).toEqual([
    { kind: "same", text: "Refund the " },
    { kind: "del", text: "whole" },
    { kind: "ins", text: "first" },
    { kind: "same", text: " order" },
  ]);
});

test("both texts can be read off the difference, whatever they are", () => {
  const texts = [
    "",
    "a",
    "a b c",
    "b c d",
    "  spaced   out ",
    "Grüße, 世界! 👩‍💻 ok",
    "x ".repeat(300),
    "y\n".repeat(500),
  ];
  for (const was of texts)
    for (const is of texts) {
      const pieces = wordDiff(was, is);
      expect(before(pieces)).toBe(was);
      expect(after(pieces)).toBe(is);
    }
});

test("texts with hardly a word in common, or too long to compare, are told whole", () => {
  expect(wordDiff("Alpha beta gamma", "One two three")).toEqual([
    { kind: "del", text: "Alpha beta gamma" },
    { kind: "ins", text: "One two three" },
  ]);
  const long = "word ".repeat(500);
  expect(wordDiff(long, `${long}more`)).toHaveLength(2);
  expect(wordDiff("", "new")).toEqual([{ kind: "ins", text: "new" }]);
});
