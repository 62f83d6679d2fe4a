import { describe, expect, test } from "vitest";
import { csvRows } from "./csv-rows";
import { parseItems } from "./parse-items";

const read = (text: string, format: "jsonl" | "csv") => parseItems(text, format, (json) => JSON.parse(json));

describe("a file of items", () => {
  test("of JSON lines gives one item a line, blank ones aside", () => {
    const { items, problems } = read(
      '{"input":{"text":"a"},"truth":"negative","subject":"c1"}\n\n{"input":{"text":"b"},"expected":{"amount":5}}\n',
      "jsonl",
    );
    expect(problems).toEqual([]);
    expect(items).toEqual([
      { input: { text: "a" }, truth: "negative", subject: "c1" },
      { input: { text: "b" }, expected: { amount: 5 } },
    ]);
  });

  test("says which line is wrong, and how", () => {
    const { problems } = read('{"input":{"a":1},"truth":"positive"}\nno json\n{"input":{"a":1}}\n', "jsonl");
    expect(problems.map(({ line }) => line)).toEqual([2, 3]);
    expect(problems[1]?.message).toContain("truth or the expected");
  });

  test("of CSV takes every other column as a field of the input", () => {
    const { items, problems } = read(
      'message,amount,code,truth,subject,predicted,confidence\r\n"I was, truly, charged ""twice""\nplease",18.5,007,positive,c7,negative,0.4\r\n',
      "csv",
    );
    expect(problems).toEqual([]);
    expect(items).toEqual([
      {
        input: { message: 'I was, truly, charged "twice"\nplease', amount: 18.5, code: "007" },
        truth: "positive",
        subject: "c7",
        recorded: { predicted: "negative", confidence: 0.4 },
      },
    ]);
  });

  test("of CSV may hold the whole input as JSON", () => {
    const { items } = read('input,truth\n"{""text"":""x""}",negative\n', "csv");
    expect(items).toEqual([{ input: { text: "x" }, truth: "negative" }]);
  });
});

describe("rows of a table", () => {
  test("know the line they begin in", () => {
    expect(csvRows('a,b\n"1\n2",3\n4,')).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 2, cells: ["1\n2", "3"] },
      { line: 4, cells: ["4", ""] },
    ]);
  });

  test("refuse a quote that is not closed", () => {
    expect(() => csvRows('a\n"b')).toThrow(SyntaxError);
  });
});
