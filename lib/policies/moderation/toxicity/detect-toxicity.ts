import type { Sighting } from "../agent-in-force";
import { phraseReader } from "../text/phrases";
import { wordsOf, type Word } from "../text/words-of";
import { toxicityLexicon, toxicityPhrases } from "./lexicon";
import { swearingIn, type Swearing } from "./swearing";

/** Different disguised words that are looked at in one text. */
const mostDisguised = 500;

const read = phraseReader(toxicityLexicon, toxicityPhrases);

/** Swearing, insults, threats and attacks on groups, by word lists and short phrases; obfuscation is read through. */
export function detectToxicity(text: string): Sighting[] {
  const words = wordsOf(text);
  const phrases = read(words).map(({ phrase, start, end }) => {
    return { category: phrase.category, score: phrase.weight, start, end };
  });
  return withoutRepeats([...swearingIn(text), ...hiddenSwearing(text, words), ...phrases]);
}

// Words that were written so that a list does not see them: apart, with signs between, in another script.
function hiddenSwearing(text: string, words: readonly Word[]): Sighting[] {
  const known = new Map<string, Swearing[]>();
  return words.flatMap(({ word, start, end }) => {
    const asWritten = text.slice(start, end);
    if (asWritten.length > 100 || asWritten.toLowerCase() === word) return [];
    const swearing = known.get(word) ?? (known.size < mostDisguised ? swearingIn(word) : []);
    known.set(word, swearing);
    return swearing.map(({ category, score }) => ({ category, score, start, end }));
  });
}

function withoutRepeats(seen: readonly Sighting[]): Sighting[] {
  const kept: Sighting[] = [];
  const ends = new Map<string, number>();
  for (const one of seen.toSorted((a, b) => a.start - b.start || b.score - a.score || b.end - a.end)) {
    if (one.start < (ends.get(one.category) ?? 0)) continue;
    ends.set(one.category, one.end);
    kept.push(one);
  }
  return kept;
}
