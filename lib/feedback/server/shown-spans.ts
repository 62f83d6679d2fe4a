import { detectPii } from "@/lib/policies/moderation/pii/detect-pii";
import { categoryName } from "@/lib/policies/moderation/catalogue";
import type { JsonValue } from "@/lib/kernel/json";
import { type EvidenceInput, type EvidenceSource, type EvidenceSpan, placesOf, textAt } from "../evidence";

/**
 * The spans of a decision as somebody sees them who sees it as `shown`: each quote is cut from the text that is shown,
 * at its offsets there. Words that touch something masked take all of what stands in its place, so that no piece of it
 * shows. Words that are not in the decision any more are left out, and not shown from memory.
 */
export function shownSpans(
  raw: EvidenceSource,
  shown: EvidenceSource,
  spans: readonly EvidenceSpan[],
): EvidenceSpan[] {
  return spans.flatMap((span) => shownSpan(raw, shown, span) ?? []);
}

function shownSpan(raw: EvidenceSource, shown: EvidenceSource, span: EvidenceSpan): EvidenceSpan | undefined {
  const { part } = span;
  const pointer = shownPointer(raw[part], shown[part], span.pointer);
  const [text, seen] = [textAt(raw, part, span.pointer), textAt(shown, part, pointer)];
  if (text === undefined || seen === undefined || text.slice(span.start, span.end) !== span.quote)
    return undefined;
  const { start, end } = moved(text, seen, span);
  return { part, pointer, start, end, quote: seen.slice(start, end) };
}

/**
 * What somebody quotes who sees the decision as `shown`, by the decision's own names and offsets: of words that stand in
 * a text more than once, the same one in turn. What they do not see as it is cannot be meant this way.
 */
export function ownInput(raw: EvidenceSource, shown: EvidenceSource, given: EvidenceInput): EvidenceInput {
  if (raw === shown) return given;
  const { part, quote, start } = given;
  const pointer = shownPointer(shown[part], raw[part], given.pointer);
  const [text = "", seen = ""] = [textAt(raw, part, pointer), textAt(shown, part, given.pointer)];
  if (start === undefined || text.slice(start, given.end) === quote) return { ...given, pointer };
  const own = placesOf(text, quote)[placesOf(seen, quote).indexOf(start)];
  return own === undefined
    ? { ...given, pointer }
    : { part, pointer, quote, start: own, end: own + quote.length };
}

/** Fields may be named by somebody's address: the same place by the names that are shown. */
function shownPointer(raw: JsonValue, shown: JsonValue, pointer: string): string {
  let [one, other, at]: [JsonValue | undefined, JsonValue | undefined, string] = [raw, shown, ""];
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const index = keysOf(one).indexOf(key);
    const name: string | undefined = keysOf(other)[index];
    if (name === undefined) return at;
    [one, other] = [childOf(one, key), childOf(other, name)];
    at += `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  return at;
}

const keysOf = (value: JsonValue | undefined) =>
  typeof value === "object" && value !== null ? Object.keys(value) : [];

function childOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return Array.isArray(value) ? value[Number(key)] : value[key];
}

type Cut = { start: number; end: number };

/** Where a cut of a text stands in the text as it is masked; all of that where the two cannot be laid side by side. */
function moved(text: string, masked: string, { start, end }: Cut): Cut {
  if (text === masked) return { start, end };
  const places = maskedPlaces(text, masked);
  if (places === undefined) return { start: 0, end: masked.length };
  const at = (offset: number, side: keyof Cut) => {
    let by = 0;
    for (const { from, to } of places) {
      if (offset <= from.start) break;
      if (offset < from.end) return to[side];
      by = to.end - from.end;
    }
    return offset + by;
  };
  const cut = { start: at(start, "start"), end: at(end, "end") };
  return cut.start < cut.end ? cut : { start: 0, end: masked.length };
}

/** What was masked, and what stands in its place; undefined where the rest of the two texts differs. */
function maskedPlaces(text: string, masked: string): { from: Cut; to: Cut }[] | undefined {
  const places: { from: Cut; to: Cut }[] = [];
  let [read, written] = [0, 0];
  for (const { category, start, end } of detectPii(text)) {
    const word = `[${categoryName("pii", category)}]`;
    const to = written + start - read;
    if (start < read || !masked.startsWith(word, to) || masked.slice(written, to) !== text.slice(read, start))
      continue;
    places.push({ from: { start, end }, to: { start: to, end: to + word.length } });
    [read, written] = [end, to + word.length];
  }
  return masked.slice(written) === text.slice(read) ? places : undefined;
}
