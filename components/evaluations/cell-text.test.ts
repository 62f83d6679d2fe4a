import { expect, test } from "vitest";
import { cellText } from "./cell-text";

test.each([
  [1234.56789, "1,234.5679"],
  [0.25, "0.25"],
  [0.00123456, "0.0012"],
  [0.000034567, "0.000035"],
  [-0.0000071, "-0.0000071"],
  [0, "0"],
  [null, "–"],
  ["EUR", "EUR"],
  ["2026-11-23T10:11:12.000Z", "2026-11-23 10:11"],
])("%s reads as %s: what is there is never nothing", (cell, text) => expect(cellText(cell)).toBe(text));
