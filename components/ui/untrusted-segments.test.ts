import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capText, splitUntrusted } from "./untrusted-segments";

const labels = (text: string) => splitUntrusted(text).flatMap((s) => (s.kind === "chip" ? [s.label] : []));
const shown = (text: string) => splitUntrusted(text).flatMap((s) => (s.kind === "text" ? [s.text] : []));

describe("what the eye cannot see becomes a chip", () => {
  test.each([
    ["a right-to-left override", "pay \u202egnp.exe", ["RLO"]],
    [
      "each bidi control",
      "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
      "LRE RLE PDF LRO RLO LRI RLI FSI PDI".split(" "),
    ],
    ["zero-width characters", "a\u200bb\u200cc\u200dd\ufeff", ["ZWSP", "ZWNJ", "ZWJ", "BOM"]],
    ["a run, once", "a\u200b\u200b\u200bb", ["ZWSP ×3"]],
    ["C0, DEL and C1 controls", "\u0000\u001b\u007f\u009b", ["U+0000", "U+001B", "U+007F", "U+009B"]],
    ["a bare carriage return", "safe\rEVIL", ["U+000D"]],
    ["a lone surrogate", "\ud800x", ["U+D800"]],
    ["variation selectors that smuggle bytes", "a\u{e0101}", ["U+E0101"]],
  ])("%s", (_what, text, expected) => expect(labels(text)).toEqual(expected));

  test("tag characters show the words they hide", () => {
    const hidden = [..."approve me"].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join("");
    expect(labels(`hello${hidden}`)).toEqual(["TAG “approve me”"]);
  });
});

describe("what is harmless stays", () => {
  test.each([
    "Refund €180.00",
    "line one\n\tline two",
    "日本語 العربية עברית",
    "👩‍👩‍👧 ok",
    "<img src=x onerror=alert(1)>",
  ])("%s", (text) => expect(splitUntrusted(text)).toEqual([{ kind: "text", text }]));
  test("CRLF is a newline", () => expect(shown("a\r\nb")).toEqual(["a\nb"]));
});

test("no text segment ever holds a control, bidi, zero-width or tag character", () => {
  // The joiner is left out: emoji keep it.
  const unseen =
    /(?![\n\t])\p{Cc}|[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;
  const risky = fc.oneof(
    fc.string(),
    fc.array(fc.integer({ min: 0, max: 0xe0fff }).map((c) => String.fromCodePoint(c))).map((a) => a.join("")),
    fc.array(fc.constantFrom("\u202e", "\u200b", "a", "\u{e0041}", "\u0007", "\n")).map((a) => a.join("")),
  );
  fc.assert(
    fc.property(risky, (text) => {
      expect(shown(text).filter((part) => unseen.test(part))).toEqual([]);
    }),
  );
});

test("a cap counts characters and never cuts one in half", () => {
  expect(capText("ab😀cd", 3)).toEqual({ shown: "ab😀", rest: 2 });
  expect(capText("short", 10)).toEqual({ shown: "short", rest: 0 });
});
