import type { Sighting } from "../agent-in-force";
import { phraseReader } from "../text/phrases";
import { wordsOf } from "../text/words-of";
import { escapedReadings } from "./escaped";
import { decodedTexts, hiddenText } from "./hidden";
import { injectionLexicon } from "./lexicon";
import { marks } from "./marks";
import { injectionPhrases } from "./phrases";

/** What the agent for prompt injection tells apart. */
export type InjectionCategory =
  | "instruction_override"
  | "role_change"
  | "role_marker"
  | "prompt_leak"
  | "forced_output"
  | "verdict_steering"
  | "tool_abuse"
  | "data_exfiltration"
  | "hidden_text"
  | "encoded_instruction";

type Hit = { rule: string; weight: number; category: string; start: number; end: number };

const read = phraseReader(injectionLexicon, injectionPhrases);

/**
 * Orders to a model in a text that should only inform it. Every sign has a weight; different signs are taken together
 * as if they were independent (1 - product of 1 - weight), and each finding carries the text's score.
 */
export function detectInjection(text: string): Sighting[] {
  const { sightings, revealed } = hiddenText(text);
  const encoded = [...decodedTexts(text), ...escapedReadings(text), ...revealed].flatMap(
    ({ text: inner, start, end }) => {
      const score = Math.max(0, ...plainSightings(inner).map((sighting) => sighting.score));
      return score < 0.5
        ? []
        : [{ category: "encoded_instruction", score: Math.max(score, 0.9), start, end }];
    },
  );
  return [...plainSightings(text), ...sightings, ...encoded].toSorted((a, b) => a.start - b.start);
}

function plainSightings(text: string): Sighting[] {
  const hits = [...phraseHits(text), ...markHits(text)];
  const score = together(hits);
  return merged(hits).map(({ category, start, end }) => ({ category, score, start, end }));
}

function phraseHits(text: string): Hit[] {
  return read(wordsOf(text)).map(({ phrase, start, end }) => {
    return { rule: phrase.id, weight: phrase.weight, category: phrase.category, start, end };
  });
}

function markHits(text: string): Hit[] {
  return marks.flatMap(({ id, category, weight, pattern }) => {
    return [...text.matchAll(pattern)].map((match) => {
      return { rule: id, weight, category, start: match.index, end: match.index + match[0].length };
    });
  });
}

/** Of each category the strongest rule counts whole, and each further one a half: they read much the same words. */
function together(hits: readonly Hit[]): number {
  const rules = new Map(hits.map((hit) => [hit.rule, hit]));
  const counted = new Set<string>();
  let doubt = 1;
  for (const { category, weight } of [...rules.values()].toSorted((a, b) => b.weight - a.weight)) {
    doubt *= 1 - (counted.has(category) ? weight / 2 : weight);
    counted.add(category);
  }
  return Math.round((1 - doubt) * 1000) / 1000;
}

// What overlaps within a category is one sign.
function merged(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = [];
  const last = new Map<string, Hit>();
  for (const hit of hits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const before = last.get(hit.category);
    if (before && hit.start < before.end) before.end = Math.max(before.end, hit.end);
    else {
      const own = { ...hit };
      kept.push(own);
      last.set(hit.category, own);
    }
  }
  return kept;
}
