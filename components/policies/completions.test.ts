import { expect, test } from "vitest";
import { completionsAt } from "./completions";

const texts = (source: string) => completionsAt(source, source.length).fitting.map(({ text }) => text);

test("what fits the word before the caret is offered", () => {
  expect(texts("decision.am")).toEqual(["decision.amount"]);
  expect(texts("true && hist")).toContain('history.count("24h")');
  expect(texts("amou")).toEqual(["decision.amount"]);
  expect(completionsAt("a && decision.am > 1", 16)).toMatchObject({ from: 5 });
});

test("nothing is offered for what is complete, short, or between words", () => {
  expect(texts("decision.amount")).toEqual([]);
  expect(texts("d")).toEqual([]);
  expect(texts("decision.amount > ")).toEqual([]);
});
