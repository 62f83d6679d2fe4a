import type { FieldError } from "@/lib/kernel/errors";
import type { JsonValue } from "@/lib/kernel/json";

export const evidenceParts = ["input", "context", "arguments", "rationale"] as const;
export type EvidencePart = (typeof evidenceParts)[number];

/** Words that something said of a decision rests on. Offsets are UTF-16 units into the text at `pointer`, end excluded. */
export type EvidenceSpan = {
  part: EvidencePart;
  /** RFC 6901 pointer into the part; empty: the part itself. */
  pointer: string;
  start: number;
  end: number;
  quote: string;
};

/** As it is sent: without offsets the quote must stand once at its pointer, and the offsets are found. */
export type EvidenceInput = Omit<EvidenceSpan, "start" | "end"> & { start?: number; end?: number };

/** What a decision holds that words can be quoted from. */
export type EvidenceSource = {
  input: JsonValue;
  context: JsonValue;
  arguments: JsonValue;
  rationale: string | null;
};

/** True of two spans over the same characters of the same text. */
export function isSameSpan(one: EvidenceSpan, other: EvidenceSpan): boolean {
  return (
    one.part === other.part &&
    one.pointer === other.pointer &&
    one.start === other.start &&
    one.end === other.end
  );
}

/** The text that offsets at a pointer count in: a string itself, a number or a boolean as JSON writes it; else undefined. */
export function textAt(source: EvidenceSource, part: EvidencePart, pointer: string): string | undefined {
  const value = source[part];
  return value === null ? undefined : textOf(valueAt(value, pointer));
}

// Without kernel/json's contracts: this is read in the browser too.
function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let here: JsonValue | undefined = value;
  for (const raw of pointer.split("/").slice(1)) {
    const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Array.isArray(here) ? here[Number(key)] : here[key];
  }
  return here;
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export type CheckedEvidence = { spans: EvidenceSpan[]; errors: FieldError[] };

/** The spans with their offsets, and for each that does not hold where it fails (under `base`) and what would. */
export function checkEvidence(
  source: EvidenceSource,
  given: readonly EvidenceInput[],
  base = "/evidence",
): CheckedEvidence {
  const checked: CheckedEvidence = { spans: [], errors: [] };
  given.forEach((one, index) => {
    const found = checkOne(source, one, `${base}/${index}`);
    if ("quote" in found) checked.spans.push(found);
    else checked.errors.push(found);
  });
  return checked;
}

function checkOne(source: EvidenceSource, given: EvidenceInput, at: string): EvidenceSpan | FieldError {
  const { part, pointer, quote } = given;
  const text = textAt(source, part, pointer);
  if (text === undefined) {
    const message = `there is no text at ${pointer || "the root"} of this decision's ${part}`;
    return { pointer: `${at}/pointer`, code: "no_text", message, fix: fixOf(source, quote) };
  }
  const start = given.start ?? onlyPlace(text, quote);
  if (start !== undefined && text.slice(start, given.end ?? start + quote.length) === quote) {
    return { part, pointer, start, end: start + quote.length, quote };
  }
  const places = placesOf(text, quote);
  if (given.start === undefined && places.length > 1) {
    const message = "these words stand there more than once";
    return { pointer: `${at}/start`, code: "ambiguous_quote", message, fix: startsFix(places) };
  }
  const fix = places.length > 0 ? startsFix(places) : fixOf(source, quote);
  return { pointer: `${at}/quote`, code: "not_quoted", message: "these words do not stand there", fix };
}

function startsFix(places: readonly number[]): string {
  return `They stand there from ${places.slice(0, 5).join(", ")}.`;
}

function fixOf(source: EvidenceSource, quote: string): string {
  const [found] = locateQuote(source, quote);
  return found
    ? `They stand in ${found.part} at ${found.pointer || "its root"}, from ${found.start} to ${found.end}.`
    : "Quote the words exactly as the decision holds them.";
}

function onlyPlace(text: string, quote: string): number | undefined {
  const places = placesOf(text, quote);
  return places.length === 1 ? places[0] : undefined;
}

/** Places of one quote that are told apart. */
const mostPlaces = 20;

/** Where these words begin in a text, in order; at most 20 places. */
export function placesOf(text: string, quote: string): number[] {
  const places: number[] = [];
  if (quote === "") return places;
  for (
    let at = text.indexOf(quote);
    at >= 0 && places.length < mostPlaces;
    at = text.indexOf(quote, at + 1)
  ) {
    places.push(at);
  }
  return places;
}

/** Everywhere in a decision that these words stand, in the order of its parts; at most 20 places. */
export function locateQuote(source: EvidenceSource, quote: string): EvidenceSpan[] {
  const spans: EvidenceSpan[] = [];
  for (const part of evidenceParts) {
    for (const { pointer, text } of leavesOf(source[part], "")) {
      for (const start of placesOf(text, quote)) {
        spans.push({ part, pointer, start, end: start + quote.length, quote });
        if (spans.length >= mostPlaces) return spans;
      }
    }
  }
  return spans;
}

function* leavesOf(value: JsonValue, pointer: string): Generator<{ pointer: string; text: string }> {
  const text = textOf(value);
  if (text !== undefined) yield { pointer, text };
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield* leavesOf(inner, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    }
  }
}

/**
 * A span as it is sent by somebody who may see the decision masked: words that stand once at their pointer go without
 * offsets, which would count in the masked text.
 */
export function sentSpan(
  source: EvidenceSource,
  { part, pointer, start, end, quote }: EvidenceSpan,
): EvidenceInput {
  const text = textAt(source, part, pointer) ?? "";
  const sent = { part, pointer, quote };
  return onlyPlace(text, quote) === undefined ? { ...sent, start, end } : sent;
}
