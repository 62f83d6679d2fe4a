import {
  evidenceParts,
  textAt,
  type EvidencePart,
  type EvidenceSource,
  type EvidenceSpan,
} from "@/lib/feedback/evidence";
import { isJsonObject, type JsonValue } from "@/lib/kernel/json";
import { pointerWords } from "@/lib/kernel/field-words";

/** A text that can be quoted, and where it stands. */
export type Leaf = { part: EvidencePart; pointer: string; text: string };

/** Every text, number and truth value of a case in the order a person reads it; at most `most` of them. */
export function leavesOf(evidence: EvidenceSource, most = 400): Leaf[] {
  const leaves: Leaf[] = [];
  for (const part of evidenceParts) walk(evidence[part], { part, pointer: "" }, leaves, most);
  return leaves;
}

function walk(
  value: JsonValue,
  at: { part: EvidencePart; pointer: string },
  leaves: Leaf[],
  most: number,
): void {
  if (leaves.length >= most || value === null) return;
  if (Array.isArray(value) || isJsonObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      const pointer = `${at.pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      walk(child, { part: at.part, pointer }, leaves, most);
    }
    return;
  }
  const text = String(value);
  if (text !== "") leaves.push({ ...at, text });
}

export type Quote = { part: EvidencePart; pointer: string; quote: string };

/** The quote with its offsets, or undefined when these words do not stand there, letter by letter. */
export function standing(
  evidence: EvidenceSource,
  { part, pointer, quote }: Quote,
): EvidenceSpan | undefined {
  if (quote.trim() === "" || (pointer !== "" && !pointer.startsWith("/"))) return undefined;
  const start = textAt(evidence, part, pointer)?.indexOf(quote) ?? -1;
  return start < 0 ? undefined : { part, pointer, start, end: start + quote.length, quote };
}

/** What a place is called on screens: `Input /message`. */
export function placeWords({ part, pointer }: Pick<EvidenceSpan, "part" | "pointer">): string {
  const name = `${part.charAt(0).toUpperCase()}${part.slice(1)}`;
  return pointer === "" ? name : `${name} › ${pointerWords(pointer)}`;
}

/** `text` cut at its spans: what is quoted and what is not, in order; what overlaps counts once. */
export function cutAt(
  text: string,
  spans: readonly { start: number; end: number }[],
): { text: string; quoted: boolean }[] {
  const cuts: { text: string; quoted: boolean }[] = [];
  let from = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= from || start >= text.length) continue;
    const begin = Math.max(start, from);
    if (begin > from) cuts.push({ text: text.slice(from, begin), quoted: false });
    cuts.push({ text: text.slice(begin, end), quoted: true });
    from = Math.min(end, text.length);
  }
  if (from < text.length) cuts.push({ text: text.slice(from), quoted: false });
  return cuts;
}
