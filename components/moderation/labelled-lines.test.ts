import { expect, test } from "vitest";
import { readLabelledLines } from "./labelled-lines";

test("texts and labels are read line by line, blank lines aside", () => {
  const jsonl = '{"text":"a","label":true}\n\n{"text":"b","label":0}\r\n';
  expect(readLabelledLines(jsonl)).toEqual({
    ok: true,
    cases: [
      { text: "a", label: true },
      { text: "b", label: false },
    ],
  });
});

test.each([
  ['{"text":"a","label":true}\nnot json', "Line 2"],
  ['{"text":"a","label":"yes"}', "Line 1"],
  ['{"text":"","label":true}', "Line 1"],
  ["null", "Line 1"],
  ["\n\n", "no lines"],
])("%j is refused with the place", (jsonl, said) => {
  const read = readLabelledLines(jsonl);
  expect(read.ok ? "" : read.message).toContain(said);
});
