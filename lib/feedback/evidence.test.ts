import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "@/lib/kernel/json";
import { checkEvidence, type EvidenceSource, locateQuote, sentSpan, textAt } from "./evidence";
import { EvidenceInput } from "./evidence-contract";

const source: EvidenceSource = {
  input: { message: "I was charged twice, twice!", "a/b~c": ["x"] },
  context: [{ id: "order", text: "One charge of 18.00 EUR", data: { count: 2, open: false } }],
  arguments: { amount: 1800 },
  rationale: "The customer says so.",
};
const given = (value: object) => EvidenceInput.parse(value);

test("offsets are found for words that stand once at their pointer", () => {
  const { spans, errors } = checkEvidence(source, [
    given({ part: "input", pointer: "/message", quote: "charged" }),
    given({ part: "input", pointer: "/a~1b~0c/0", quote: "x" }),
    given({ part: "context", pointer: "/0/data/count", quote: "2" }),
    given({ part: "arguments", pointer: "/amount", quote: "1800" }),
    given({ part: "rationale", quote: "so." }),
  ]);
  expect(errors).toEqual([]);
  expect(spans.map(({ start, end }) => [start, end])).toEqual([
    [6, 13],
    [0, 1],
    [0, 1],
    [0, 4],
    [18, 21],
  ]);
});

describe("what does not stand there is refused, with the place and what would hold", () => {
  test.each([
    [
      { part: "input", pointer: "/message", start: 0, end: 7, quote: "charged" },
      "/evidence/0/quote",
      "from 6",
    ],
    [
      { part: "input", pointer: "/message", start: 6, end: 9, quote: "charged" },
      "/evidence/0/quote",
      "from 6",
    ],
    [{ part: "input", pointer: "/message", quote: "twice" }, "/evidence/0/start", "from 14, 21"],
    [{ part: "input", pointer: "/message", quote: "Charged" }, "/evidence/0/quote", "exactly"],
    [
      { part: "input", pointer: "/nowhere", quote: "One charge" },
      "/evidence/0/pointer",
      "in context at /0/text, from 0 to 10",
    ],
    [{ part: "input", pointer: "", quote: "charged" }, "/evidence/0/pointer", "/message"],
    [{ part: "context", pointer: "/0/__proto__", quote: "x" }, "/evidence/0/pointer", "/a~1b~0c/0"],
  ])("%j", (value, pointer, fix) => {
    const { spans, errors } = checkEvidence(source, [given(value)]);
    expect(spans).toEqual([]);
    expect(errors).toEqual([
      expect.objectContaining({ pointer, fix: expect.stringContaining(fix) as string }),
    ]);
  });

  test("a decision without a rationale has nothing to quote there", () => {
    const { errors } = checkEvidence({ ...source, rationale: null }, [
      given({ part: "rationale", quote: "so" }),
    ]);
    expect(errors[0]?.code).toBe("no_text");
  });

  test("one offset without the other, and a pointer that is none", () => {
    expect(EvidenceInput.safeParse({ part: "input", start: 1, quote: "x" }).success).toBe(false);
    expect(EvidenceInput.safeParse({ part: "input", pointer: "message", quote: "x" }).success).toBe(false);
  });
});

const anyJson = fc.jsonValue({ maxDepth: 3 }).map((value) => value as JsonValue);
const sources = fc.record({
  input: anyJson,
  context: anyJson,
  arguments: anyJson,
  rationale: fc.option(fc.string({ unit: "binary" })),
});

test("for any decision and any words: what is located passes the check, and stands where it says", () => {
  fc.assert(
    fc.property(sources, fc.string({ unit: "binary", minLength: 1 }), (any, quote) => {
      for (const span of locateQuote(any, quote)) {
        expect(textAt(any, span.part, span.pointer)?.slice(span.start, span.end)).toBe(quote);
        expect(checkEvidence(any, [span])).toEqual({ spans: [span], errors: [] });
        expect(checkEvidence(any, [sentSpan(any, span)])).toEqual({ spans: [span], errors: [] });
      }
    }),
  );
});

test("for any slice of any text: the slice holds at its offsets, and other words never do", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
      fc.nat(60),
      fc.nat(60),
      fc.string({ unit: "binary", minLength: 1 }),
      (text, from, length, other) => {
        const start = from % text.length;
        const end = Math.min(text.length, start + 1 + (length % text.length));
        const at = { part: "input" as const, pointer: "/a~1b/0", start, end };
        const any = { input: { "a/b": [text] }, context: null, arguments: {}, rationale: null };
        const quote = text.slice(start, end);
        expect(checkEvidence(any, [{ ...at, quote }])).toEqual({ spans: [{ ...at, quote }], errors: [] });
        const { spans, errors } = checkEvidence(any, [{ ...at, quote: other }]);
        expect([spans.length, errors.length]).toEqual(other === quote ? [1, 0] : [0, 1]);
      },
    ),
  );
});
