import { distance } from "fastest-levenshtein";

/** Characters of each text that are compared; what is longer would take long and say no more. */
const longest = 20_000;

/** 1 less the share of characters to insert, delete or replace (Levenshtein) of the longer text; 1: the same. */
export function editRatio(first: string, second: string): number {
  const [one, other] = [first.slice(0, longest), second.slice(0, longest)];
  const length = Math.max(one.length, other.length);
  return length === 0 ? 1 : 1 - distance(one, other) / length;
}

/** Cosine of the two texts' word counts, letters' case left aside: 1 for the same words as often, 0 for none in common. */
export function tokenCosine(first: string, second: string): number {
  const [one, other] = [wordCounts(first), wordCounts(second)];
  if (one.size === 0 && other.size === 0) return 1;
  let product = 0;
  for (const [word, count] of one) product += count * (other.get(word) ?? 0);
  const length = Math.sqrt(squares(one) * squares(other));
  return length === 0 ? 0 : Math.min(1, product / length);
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text
    .slice(0, longest)
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function squares(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count * count;
  return total;
}
