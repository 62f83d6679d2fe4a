import { OutOfTime, withinTime } from "./time-limit";

/** The longest one match may take, milliseconds, once a pattern is known to be able to take long. */
const matchBudgetMs = 50;
/** Steps (characters tried) up to which a match is run directly: a millisecond or so. */
const directSteps = 1_000_000;

/** A pattern gave up: the text made it try more combinations than a request may cost. */
export class PatternTooSlow extends Error {}

export type BoundedPattern = { test: (text: string) => boolean; toString: () => string };

/**
 * A regular expression that cannot hang the process. Where the pattern's shape bounds its work to few steps for
 * this text it runs directly; else it runs under a time limit and throws PatternTooSlow when it passes.
 */
export function boundedPattern(source: string, flags: string): BoundedPattern {
  const regExp = new RegExp(source, flags);
  const degree = degreeOf(source);
  return {
    // ajv tells patterns apart by this.
    toString: () => String(regExp),
    test: (text) => {
      if ((text.length + 1) ** degree <= directSteps) return regExp.test(text);
      try {
        return withinTime(matchBudgetMs, () => regExp.test(text));
      } catch (error) {
        throw error instanceof OutOfTime ? new PatternTooSlow(source) : error;
      }
    },
  };
}

/**
 * How the work of a backtracking match can grow with the text's length, as an exponent: one for each quantifier
 * that may repeat freely and one for the start of the match; Infinity when repetition is nested, refers back, or
 * repeats a choice. An over-estimate only costs the time limit's set-up (some 0.1 ms).
 */
export function degreeOf(source: string): number {
  // Escapes and classes hold no structure: each is one character to match.
  const shape = source
    .replaceAll(/\\[1-9]|\\k/g, "\u0001")
    .replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, "x");
  if (shape.includes("\u0001")) return Infinity;
  const repeats = [...shape.matchAll(/(\)?)(?:[*+]|\{(\d+)(?:(,)(\d*))?\})/g)].filter(mayRepeatFreely);
  if (repeats.some((repeat) => repeat[1] === ")")) return Infinity;
  return (shape.startsWith("^") && !shape.includes("|") ? 0 : 1) + Math.max(1, repeats.length);
}

// `{3}` of one character is that many characters; `{3,}`, `{0,500}` and any repetition of a group may backtrack.
function mayRepeatFreely(repeat: RegExpExecArray): boolean {
  const [, group, from, comma, to] = repeat;
  if (from === undefined) return true;
  const most = comma === undefined ? Number(from) : to ? Number(to) : Infinity;
  return group === ")" ? most > 1 : comma !== undefined && most > 64;
}
