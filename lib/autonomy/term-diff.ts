import type { Terms } from "./schema";
import { compareTerms, defaultTerms, withAsked, type WireTerms } from "./terms";
import { termWords } from "./words";

export type TermDiff = { key: keyof Terms; name: string; before: string; after: string };

/** Which terms differ, in words. */
export function termDiff(before: WireTerms, after: WireTerms, currency: string): TermDiff[] {
  const [was, is] = [termsOf(before), termsOf(after)];
  return compareTerms(was, is).changed.map((key) => {
    const { name, text } = termWords[key];
    return { key, name, before: text(was, currency), after: text(is, currency) };
  });
}

/** Every term in words. */
export function termList(terms: WireTerms, currency: string): { term: string; detail: string }[] {
  const own = termsOf(terms);
  return Object.values(termWords).map(({ name, text }) => ({ term: name, detail: text(own, currency) }));
}

function termsOf(terms: WireTerms): Terms {
  return withAsked(defaultTerms, terms, terms.cost?.cap ?? null);
}
