import type { Citation, ContextItem } from "@/lib/decisions/schema";

/** A stretch of a text, and whether the rationale quotes it. */
export type Stretch = { text: string; cited: boolean };

/** A text in stretches, the quoted ones marked; quotes that overlap are one stretch. */
export function stretchesOf(text: string, quotes: readonly string[]): Stretch[] {
  const spans = quotes
    .flatMap((quote) => spansOf(text, quote))
    .toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
  const stretches: Stretch[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) stretches.push({ text: text.slice(at, from), cited: false });
    const last = stretches.at(-1);
    if (last?.cited && from === at) last.text += text.slice(from, end);
    else stretches.push({ text: text.slice(from, end), cited: true });
    at = end;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), cited: false });
  return stretches;
}

const mostSpans = 20;

function spansOf(text: string, quote: string): [number, number][] {
  const spans: [number, number][] = [];
  const words = quote.trim();
  if (words === "") return spans;
  for (
    let at = text.indexOf(words);
    at >= 0 && spans.length < mostSpans;
    at = text.indexOf(words, at + words.length)
  )
    spans.push([at, at + words.length]);
  return spans;
}

/** The quotes from one item of the context. */
export function quotesFrom(citations: readonly Citation[], id: string): string[] {
  return citations.flatMap(({ context_id, quote }) => (context_id === id && quote ? [quote] : []));
}

export type Broken = { citation: Citation; why: "no_item" | "no_words" };

/** Citations that do not hold: of an item that was not given, or of words that are not in it. */
export function brokenCitations(
  citations: readonly Citation[],
  context: readonly ContextItem[] | null,
): Broken[] {
  return citations.flatMap((citation): Broken[] => {
    const item = context?.find(({ id }) => id === citation.context_id);
    if (!item) return [{ citation, why: "no_item" }];
    const quote = citation.quote?.trim();
    if (!quote) return [];
    const held = `${item.text ?? ""}\n${item.title ?? ""}\n${textsOf(item.data).join("\n")}`;
    return held.includes(quote) ? [] : [{ citation, why: "no_words" }];
  });
}

function textsOf(value: ContextItem["data"]): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return [String(value)];
  return Object.values(value).flatMap((each) => textsOf(each));
}

const staleAfterMs = 24 * 3_600_000;

/** How old an item was when it was looked at: more than a day is worth a word. */
export function isStale(fetchedAt: string, now: number): boolean {
  return now - Date.parse(fetchedAt) > staleAfterMs;
}
