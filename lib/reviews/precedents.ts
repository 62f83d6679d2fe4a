import type { Verdict } from "@/lib/kernel/statuses";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";

/** How much of a case is kept to find it by. */
const longestWords = 2000;
const word = /[\p{L}\p{N}]{2,40}/gu;

/** The words of a case, each once, in lower case: every text and number in its input and its arguments. */
export function wordsOf(...values: readonly JsonValue[]): string {
  const words = new Set<string>();
  let length = 0;
  for (const text of textsOf(values)) {
    for (const [found] of text.toLowerCase().matchAll(word)) {
      if (words.has(found)) continue;
      length += found.length + 1;
      if (length > longestWords) return [...words].join(" ");
      words.add(found);
    }
  }
  return [...words].join(" ");
}

function* textsOf(value: JsonValue | readonly JsonValue[]): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "number") yield String(value);
  else if (typeof value === "object" && value !== null)
    for (const each of Object.values(value)) yield* textsOf(each);
}

/** How often words occur among what is remembered: shares of the common ones, and how many are remembered. */
export type WordShares = { shares: ReadonlyMap<string, number>; remembered: number };

const mostTelling = 8;
const fewestRare = 3;
/** How many remembered cases the chosen words together may hit: what one look-up costs. */
const mostHits = 3000;

/**
 * The words that tell a case from others: the rarest of the known ones, and the longest of those too rare to be known.
 * Together they hit about 3,000 remembered cases at most, however many there are.
 */
export function tellingWords(words: readonly string[], { shares, remembered }: WordShares): string[] {
  const known = words
    .filter((each) => shares.has(each))
    .toSorted((a, b) => (shares.get(a) ?? 0) - (shares.get(b) ?? 0));
  // What is not among the common words is rarer than the rarest of them.
  const floor = shares.size === 0 ? 1 : (Math.min(...shares.values()) * remembered) / 2;
  const affordable = Math.max(fewestRare, Math.floor(mostHits / Math.max(1, floor)));
  const rare = words
    .filter((each) => !shares.has(each))
    .toSorted((a, b) => Number(isNumber(a)) - Number(isNumber(b)) || b.length - a.length)
    .slice(0, Math.min(affordable, known.length > 0 ? mostTelling : 2 * mostTelling));
  let hits = rare.length * floor;
  const telling: string[] = [];
  for (const each of known) {
    hits += (shares.get(each) ?? 0) * remembered;
    if (telling.length === mostTelling || hits > mostHits) break;
    telling.push(each);
  }
  return [...telling, ...rare];
}

const isNumber = (text: string) => /^\d+$/.test(text);

/**
 * How alike two cases' words are, 0 to 1: the weight of the words they share over that of all their words. A rare word
 * weighs more; with nothing known of words, all weigh the same.
 */
export function sharedWords(mine: ReadonlySet<string>, theirs: string, { shares }: WordShares): number {
  const rarest = shares.size === 0 ? 1 / Math.E : Math.min(...shares.values()) / 2;
  const weight = (each: string) => Math.log(1 / (shares.get(each) ?? rarest));
  let shared = 0;
  let all = 0;
  for (const each of mine) all += weight(each);
  for (const each of theirs.split(" ")) {
    if (mine.has(each)) shared += weight(each);
    else all += weight(each);
  }
  return all > 0 ? shared / all : 0;
}

export type Likeness = {
  words: number;
  sameSubject: boolean;
  amounts: readonly [number | null, number | null];
};

/** Orders alike cases: by their words, then the same subject, then amounts of the same size. */
export function likenessOf({ words, sameSubject, amounts: [mine, theirs] }: Likeness): number {
  const near = mine && theirs ? Math.max(0, 1 - Math.abs(Math.log(theirs / mine))) : 0;
  return words + (sameSubject ? 0.3 : 0) + 0.1 * near;
}

/** What a verdict did about the action: carried it out, left it, or neither. */
export function sideOf(verdict: Verdict | null): "acted" | "left" | null {
  if (verdict === "approve" || verdict === "edit") return "acted";
  return verdict === "decline" ? "left" : null;
}

type Ruled = { verdict: Verdict | null };
export type Contradiction =
  /** Alike cases were ruled both ways. */
  | { kind: "both_ways"; acted: number; left: number }
  /** The nearest were all ruled one way. */
  | { kind: "one_way"; side: "acted" | "left"; count: number };

/** How many of the nearest must agree before a verdict against them is worth a word. */
export const nearestAsked = 3;

/** What past rulings on alike cases say together, nearest first; null while they say nothing. */
export function standingOf(nearest: readonly Ruled[]): Contradiction | null {
  const sides = nearest.map(({ verdict }) => sideOf(verdict)).filter((side) => side !== null);
  const acted = sides.filter((side) => side === "acted").length;
  const left = sides.length - acted;
  const first = sides.slice(0, nearestAsked);
  const [side] = first;
  if (side && first.length === nearestAsked && first.every((each) => each === side))
    return { kind: "one_way", side, count: acted > 0 && left > 0 ? nearestAsked : sides.length };
  return acted > 0 && left > 0 ? { kind: "both_ways", acted, left } : null;
}

/** True when a verdict would go against the three nearest, which were all ruled the other way. */
export function goesAgainst(nearest: readonly Ruled[], verdict: Verdict): boolean {
  const standing = standingOf(nearest);
  const side = sideOf(verdict);
  return standing?.kind === "one_way" && side !== null && side !== standing.side;
}

export type Differing = { field: string; here: JsonValue; there: JsonValue };
const mostDiffering = 8;

/** The fields in which two cases' arguments differ; a field that one of them lacks is null there. */
export function differingFields(here: JsonObject, there: JsonObject): Differing[] {
  const fields = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return fields
    .map((field) => ({ field, here: here[field] ?? null, there: there[field] ?? null }))
    .filter((each) => JSON.stringify(each.here) !== JSON.stringify(each.there))
    .slice(0, mostDiffering)
    .map((each) => ({ ...each, here: short(each.here), there: short(each.there) }));
}

function short(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.length > 200 ? `${value.slice(0, 199)}…` : value;
  if (typeof value !== "object" || value === null) return value;
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : value;
}
