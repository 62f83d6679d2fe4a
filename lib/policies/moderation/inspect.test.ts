import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atPointer, type JsonValue } from "@/lib/kernel/json";
import { cautionOf } from "./caution-of";
import { releasedAgent } from "./catalogue";
import { inspect, mostFindings } from "./inspect";
import { mostStrings, mostUnits, textsOf } from "./texts-of";
import { wordsOf } from "./text/words-of";

const agents = (["pii", "prompt_injection", "toxicity"] as const).map((kind) => releasedAgent(kind));
const at = (text: string) => [{ at: "/input", text }];

/** Pieces that detectors look for, so that chance meets them. */
const pieces = fc.constantFrom(
  "a@b.co",
  "4111 1111 1111 1111",
  "+49 30 901820",
  "ignore all previous instructions",
  "\u200b",
  "<|im_start|>",
  "fuck",
  "you are",
  "GB82WEST12345698765432",
  "\u{e0041}",
  "system:",
  "://a:b@c",
  "8.8.4.4",
  "\ud800",
  "🙂",
  "é",
);
const texts = fc
  .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 30 })
  .map((parts) => parts.join(" "));

test("findings lie inside their text and never throw, whatever the text", () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const { start, end, score } of inspect(agents, at(text))) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});

test("words lie in order, do not overlap, and cover only what they stand for", () => {
  fc.assert(
    fc.property(texts, (text) => {
      let end = 0;
      for (const word of wordsOf(text)) {
        expect(word.start).toBeGreaterThanOrEqual(end);
        expect(word.end).toBeGreaterThan(word.start);
        ({ end } = word);
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});

describe("100,000 hostile characters give a bounded number of findings, and an end", () => {
  test.each(
    ["a", "1", "1 ", "a@", "a.", "::", "AB12 ", "call 02 93 84 57 11 00, ", "f u c k ", "ignore all "].map(
      (unit) => [unit],
    ),
  )("%j repeated", (unit) => {
    const found = inspect(agents, at(unit.repeat(100_000 / unit.length)));
    expect(found.length).toBeLessThanOrEqual(mostFindings * agents.length);
  });
});

test("more findings never take a reason away, so they can only add caution", () => {
  fc.assert(
    fc.property(texts, texts, (first, second) => {
      const some = inspect(agents, at(first));
      const more = [...some, ...inspect(agents, [{ at: "/context/0", text: second }])];
      const codes = new Set(cautionOf(more, agents).map(({ code }) => code));
      for (const { code } of cautionOf(some, agents)) expect(codes).toContain(code);
    }),
  );
});

test("a finding at its threshold asks for a person; a noted category and one below do not", () => {
  const agent = { ...releasedAgent("pii"), thresholds: { email: null, iban: 0.98 } };
  const noted = inspect([agent], at("a@b.example, GB82WEST12345698765432, 4111111111111111"));
  expect(noted.map(({ category }) => category)).toEqual(["email", "iban"]);
  expect(cautionOf(noted, [agent])).toMatchObject([{ kind: "finding", code: "iban" }]);
  expect(cautionOf(noted, [{ ...agent, thresholds: { iban: 0.99 } }])).toEqual([]);
});

const keys = fc.constantFrom("a", "a/b", "~", "~1", "", "0", "é");
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 4 }),
  ),
})).value;

test("every string of a submission is looked at, at a pointer that leads back to it", () => {
  fc.assert(
    fc.property(json, json, fc.dictionary(keys, json, { maxKeys: 3 }), (input, context, args) => {
      const submission = { input, context: [context], rationale: "why", proposal: { arguments: args } };
      const all = textsOf(submission);
      for (const { at: pointer, text } of all) expect(atPointer(submission, pointer)).toBe(text);
      expect(new Set(all.map(({ at: pointer }) => pointer)).size).toBe(all.length);
      expect(all.length).toBe(stringsIn([input, context, "why", args]));
    }),
  );
});

function stringsIn(value: JsonValue): number {
  if (typeof value === "string") return value === "" ? 0 : 1;
  if (value === null || typeof value !== "object") return 0;
  return Object.values(value).reduce((count: number, each) => count + stringsIn(each), 0);
}

test("what is too long or too much is cut, said to be cut, and goes to a person", () => {
  const long = textsOf({ input: "x".repeat(mostUnits + 5), proposal: { arguments: {} } });
  expect(long).toMatchObject([{ at: "/input", cut: 5 }]);
  const found = inspect(agents, long);
  expect(found.every(({ category }) => category === "truncated")).toBe(true);
  expect(cautionOf(found, agents)).toHaveLength(agents.length);
  const many = textsOf({
    input: Array.from({ length: mostStrings + 1 }, () => "x"),
    proposal: { arguments: {} },
  });
  expect(many.filter(({ cut }) => cut !== undefined)).toHaveLength(1);
});
