import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskStrings } from "@/lib/policies/moderation/mask-text";
import { settingsOf } from "@/lib/policies/moderation/settings";
import { type EvidenceSource, type EvidenceSpan, locateQuote, textAt } from "../evidence";
import { shownSpans } from "./shown-spans";

const categories = new Set(Object.keys(settingsOf("pii", {}).thresholds));
const masked = (source: EvidenceSource) => maskStrings(source, categories);
const of = (message: string): EvidenceSource => ({
  input: { message },
  context: [],
  arguments: {},
  rationale: null,
});
const spanOf = (source: EvidenceSource, quote: string): EvidenceSpan[] =>
  locateQuote(source, quote).slice(0, 1);

describe("a quote as somebody sees it who sees the decision masked", () => {
  test("never shows a piece of what is masked, wherever the quote was cut", () => {
    const source = of("Write to ana.lopez@example.com or call, I was charged twice.");
    const shown = masked(source);
    for (const quote of ["ana.lop", "lopez@example", "com or call", "Write to ana", "charged twice"]) {
      const [span] = shownSpans(source, shown, spanOf(source, quote));
      expect(span?.quote).not.toMatch(/ana|lopez|example/);
      expect(textAt(shown, "input", "/message")?.slice(span?.start, span?.end)).toBe(span?.quote);
    }
    const [after] = shownSpans(source, shown, spanOf(source, "charged twice"));
    expect(after?.quote).toBe("charged twice");
  });

  test("finds its place by the names that are shown, where a field is named by an address", () => {
    const source = { ...of(""), input: { "ana.lopez@example.com": { note: "she was charged twice" } } };
    const shown = masked(source);
    const [span] = shownSpans(source, shown, spanOf(source, "charged twice"));
    expect(span?.pointer).not.toContain("ana");
    expect(textAt(shown, "input", span?.pointer ?? "")?.slice(span?.start, span?.end)).toBe("charged twice");
  });

  test("is left out when its words are not in the decision any more", () => {
    const spans = spanOf(of("I was charged twice"), "charged twice");
    const now = of("[removed]");
    expect(shownSpans(now, now, spans)).toEqual([]);
  });

  test("is the same for whoever sees everything, in any script", () => {
    const source = of("👩‍👩‍👧 שלום, é ≠ é, 𝒳 was charged");
    for (const quote of ["👧 שלום", "é", "𝒳 was", "\u{1d4b3}"]) {
      const spans = spanOf(source, quote);
      expect(spans).toHaveLength(1);
      expect(shownSpans(source, source, spans)).toEqual(spans);
    }
  });
});

test("for any text and any cut of it: what is shown stands in the text that is shown", () => {
  const text = fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 8 }),
        fc.constant(" bo@example.org "),
        fc.constant("4111 1111 1111 1111"),
      ),
    )
    .map((parts) => parts.join(" "))
    .filter((joined) => joined.length > 1);
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (message, from, length) => {
      const start = from % message.length;
      const end = Math.min(message.length, start + 1 + (length % message.length));
      const source = of(message);
      const shown = masked(source);
      const span = {
        part: "input" as const,
        pointer: "/message",
        start,
        end,
        quote: message.slice(start, end),
      };
      const [seen] = shownSpans(source, shown, [span]);
      expect(textAt(shown, "input", "/message")?.slice(seen?.start, seen?.end)).toBe(seen?.quote);
      expect(seen?.quote).not.toContain("bo@ex");
    }),
  );
});
