import { contexts, patterns } from "./patterns";

/** Digits in groups as they stand in a text. */
export type DigitRun = {
  /** As written, separators included. */
  raw: string;
  digits: string;
  start: number;
  end: number;
  /** What stands before it, at most 40 characters. */
  before: string;
};

/** Runs of digits that are looked at in one text. */
const mostRuns = 150;

/** Every run of 6 to 24 digits, up to 150 of them. */
export function digitRuns(text: string): DigitRun[] {
  const runs: DigitRun[] = [];
  for (const match of text.matchAll(patterns.digits)) {
    if (runs.length >= mostRuns) break;
    runs.push(runAt(text, match.index, match.index + match[0].length));
  }
  return runs;
}

export function runAt(text: string, start: number, end: number): DigitRun {
  const raw = text.slice(start, end);
  return {
    raw,
    digits: raw.replaceAll(/\D/g, ""),
    start,
    end,
    before: text.slice(Math.max(0, start - 40), start),
  };
}

/** The shorter parts of a run between blanks, longest first: two numbers may stand side by side. */
export function partsOf(text: string, run: DigitRun): DigitRun[] {
  const edges = [...run.raw.matchAll(/\d+(?:[^\d ]+\d+)*|\S+/g)].map((match) => ({
    from: run.start + match.index,
    to: run.start + match.index + match[0].length,
  }));
  if (edges.length > 6) return [];
  const parts: DigitRun[] = [];
  for (let size = edges.length - 1; size > 0; size -= 1) {
    for (let first = 0; first + size <= edges.length; first += 1) {
      const from = edges[first]?.from ?? run.start;
      const to = edges[first + size - 1]?.to ?? run.end;
      parts.push(runAt(text, from, to));
    }
  }
  return parts;
}

export const isSaid = (run: { before: string }, what: keyof typeof contexts) =>
  contexts[what].test(run.before);
