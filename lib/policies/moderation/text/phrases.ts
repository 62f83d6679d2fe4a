import type { Word } from "./words-of";

/** Words by meaning, parted by blanks; one that ends with `*` stands for all that begin so. */
export type Lexicon = Readonly<Record<string, string>>;

/** A phrase: lists that follow each other, at most `gap` other words between two. A step may name several lists (`a|b`). */
export type Phrase = {
  id: string;
  category: string;
  /** How much it alone says, 0 to 1. */
  weight: number;
  steps: readonly string[];
  gap?: number;
  /** Only where a sentence begins. */
  atStart?: true;
};

export type PhraseHit = { phrase: Phrase; start: number; end: number };

/** The lists a word is in. */
type Lists = ReadonlySet<string>;
type Step = readonly string[];

/** A reader of phrases: each word is looked up once, each phrase looks `gap` words ahead at most. Linear. */
export function phraseReader(
  lexicon: Lexicon,
  phrases: readonly Phrase[],
): (words: readonly Word[]) => PhraseHit[] {
  const listsOf = wordLookup(lexicon);
  const compiled = phrases.map((phrase) => ({ phrase, steps: phrase.steps.map((step) => step.split("|")) }));
  return (words) => {
    const known = new Map<string, Lists>();
    const lists = words.map(({ word }) => {
      const own = known.get(word) ?? listsOf(word);
      known.set(word, own);
      return own;
    });
    return compiled.flatMap(({ phrase, steps }) => hitsOf(phrase, steps, words, lists));
  };
}

const nowhere: Lists = new Set();

function wordLookup(lexicon: Lexicon): (word: string) => Lists {
  const whole = new Map<string, Set<string>>();
  const prefixes: { prefix: string; name: string }[] = [];
  for (const [name, list] of Object.entries(lexicon)) {
    for (const entry of list.split(/\s+/).filter(Boolean)) {
      if (entry.endsWith("*")) prefixes.push({ prefix: entry.slice(0, -1), name });
      else whole.set(entry, (whole.get(entry) ?? new Set()).add(name));
    }
  }
  return (word) => {
    const exact = whole.get(word);
    const begun = prefixes.filter(({ prefix }) => word.startsWith(prefix));
    if (begun.length === 0) return exact ?? nowhere;
    return new Set([...(exact ?? []), ...begun.map(({ name }) => name)]);
  };
}

const fits = (step: Step, lists: Lists | undefined) =>
  lists !== undefined && lists.size > 0 && step.some((name) => lists.has(name));

function hitsOf(
  phrase: Phrase,
  steps: readonly Step[],
  words: readonly Word[],
  lists: readonly Lists[],
): PhraseHit[] {
  const hits: PhraseHit[] = [];
  const [first, ...rest] = steps;
  if (first === undefined) return hits;
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place];
    if (!word || !fits(first, lists[place]) || (phrase.atStart && !word.isFirst)) continue;
    const last = lastOf(rest, lists, place, phrase.gap ?? 0);
    if (last === null) continue;
    hits.push({ phrase, start: word.start, end: words[last]?.end ?? word.end });
    place = last;
  }
  return hits;
}

// Each step takes the nearest word that fits.
function lastOf(steps: readonly Step[], lists: readonly Lists[], from: number, gap: number): number | null {
  let here = from;
  for (const step of steps) {
    const end = Math.min(here + 2 + gap, lists.length);
    let next = here + 1;
    while (next < end && !fits(step, lists[next])) next += 1;
    if (next >= end) return null;
    here = next;
  }
  return here;
}
