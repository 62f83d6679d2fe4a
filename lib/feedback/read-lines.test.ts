import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CsvRecords, JsonLines, longestRecord, type LineReader } from "./read-lines";

function readAll<T>(reader: LineReader<T>, pieces: readonly string[]) {
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}
const csv = (text: string) => readAll(new CsvRecords(), [text]);

describe("CSV", () => {
  test("cells, quotes, line breaks in cells and the line each record begins on", () => {
    expect(csv('\u{FEFF}a,b\r\n1,"x ""y"", z"\r\n\r\n"two\nlines",\r\n,\r\nlast,"e"')).toEqual([
      { line: 1, value: ["a", "b"] },
      { line: 2, value: ["1", 'x "y", z'] },
      { line: 4, value: ["two\nlines", ""] },
      { line: 7, value: ["last", "e"] },
    ]);
  });
  test.each([
    [
      "a;b,c;d\n1;2;3",
      [
        ["a", "b,c", "d"],
        ["1", "2", "3"],
      ],
    ],
    [
      "a\tb\n1\t2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a,b\r1,2\r",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ["alone", [["alone"]]],
    ["", []],
  ])("%j", (text, cells) => expect(csv(text).map(({ value }) => value)).toEqual(cells));

  test("a quote that is never closed and a record without end are refused, with their line", () => {
    expect(() => csv('a,b\n1,"2\n3,4')).toThrow("line 2");
    expect(() => csv(`a\nb\n${"x".repeat(longestRecord + 1)}`)).toThrow("line 3");
  });

  test("whatever is written as RFC 4180 is read back, however its text is cut into pieces", () => {
    const cell = fc.string({ unit: "binary", maxLength: 8 });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.array(fc.nat(200)), (written, cuts) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        // The first line says what parts cells: it is ours.
        const text = ["h1,h2", ...written.map((cells) => cells.map(quote).join(","))].join("\r\n");
        const at = [...cuts.map((cut) => cut % text.length), 0, text.length].toSorted((a, b) => a - b);
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        const kept = written.filter((cells) => cells.some((one) => one.trim() !== ""));
        const read = readAll(new CsvRecords(), pieces).map(({ value }) => value);
        expect(read.map((cells) => cells.join("\u0001"))).toEqual(
          [["h1", "h2"], ...kept].map((cells) => cells.join("\u0001")),
        );
      }),
    );
  });
});

describe("JSONL", () => {
  test("empty lines are passed over and counted, the last line needs no end", () => {
    expect(readAll(new JsonLines(), ['\u{FEFF}{"a":1}\r\n', "\n  \n{", '"b"', ":2}"])).toEqual([
      { line: 1, value: '{"a":1}' },
      { line: 4, value: '{"b":2}' },
    ]);
  });
  test("a line without end is refused", () => {
    const reader = new JsonLines();
    expect(() => reader.push("x".repeat(longestRecord + 1))).toThrow("line 1");
  });
});
