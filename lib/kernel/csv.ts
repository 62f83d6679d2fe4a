import type { JsonValue } from "./json";

/**
 * Excel takes a file without it for the machine's own code page; whoever reads with another program tells it utf-8-sig.
 */
export const byteOrderMark = "\u{FEFF}";

/** What a spreadsheet takes for the beginning of a formula, with the wide forms that some of them fold. */
const formula = /^[=+\-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}]/u;
const quoted = /[",\r\n]|^\s|\s$/;

/**
 * One cell of RFC 4180. Text that a spreadsheet would run stands behind an apostrophe; numbers stay numbers, negative
 * ones too; objects and arrays are JSON.
 */
export function csvCell(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const safe = formula.test(text) ? `'${text}` : text;
  return quoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line with its end, CRLF as RFC 4180 has it. */
export function csvLine(values: readonly (JsonValue | undefined)[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}
