import { categoryName } from "@/lib/policies/moderation/catalogue";
import { detectPii } from "@/lib/policies/moderation/pii/detect-pii";
import type { JsonValue } from "@/lib/kernel/json";

/** From which score a sighting is masked: rather a number too many than one that leaves the house. */
const maskedFrom = 0.4;
/** UTF-16 units looked through at once, and how far two looks overlap: longer than anything personal that is looked for. */
const windowUnits = 20_000;
const overlapUnits = 500;

/** Texts with what is personal replaced by `[E-mail address 1]`, and what each stands for. */
export type Masked = { texts: string[]; masked: number; restore(value: JsonValue): JsonValue };

/**
 * Masks personal data in every text, the same value by the same name throughout, so that a model can tell two people
 * apart without knowing either. `restore` puts the values back into what was answered. `masked`: how many places.
 */
export function maskTexts(texts: readonly string[]): Masked {
  const nameOf = new Map<string, string>();
  const valueOf = new Map<string, string>();
  const counts = new Map<string, number>();
  let masked = 0;
  const named = (category: string, value: string): string => {
    masked += 1;
    const known = nameOf.get(value);
    if (known !== undefined) return known;
    const number = (counts.get(category) ?? 0) + 1;
    counts.set(category, number);
    const name = `[${categoryName("pii", category)} ${number}]`;
    nameOf.set(value, name);
    valueOf.set(name, value);
    return name;
  };
  // Twice: once as JSON would be read, since an escaped line break hides the word it stands before, once as it stands.
  const done = texts.map((text) => maskedBy(maskedBy(text, readEscapes(text), named), undefined, named));
  return { texts: done, masked, restore: (value) => restored(value, valueOf) };
}

function maskedBy(text: string, seen = text, named: (category: string, value: string) => string): string {
  let out = "";
  let from = 0;
  for (const { category, start, end } of sightings(seen)) {
    if (start < from) continue;
    out += `${text.slice(from, start)}${named(category, text.slice(start, end))}`;
    from = end;
  }
  return out + text.slice(from);
}

function* sightings(text: string): Generator<{ category: string; start: number; end: number }> {
  let from = 0;
  while (from < text.length) {
    const isLast = from + windowUnits >= text.length;
    const until = isLast ? text.length : from + windowUnits - overlapUnits;
    let next = until;
    for (const { category, score, start, end } of detectPii(text.slice(from, from + windowUnits))) {
      if (score < maskedFrom || from + start >= until) continue;
      yield { category, start: from + start, end: from + end };
      next = Math.max(next, from + end);
    }
    from = next;
  }
}

// The same length, so that places stay: an escape, of JSON within JSON too, reads as blanks, as what it stands for parts
// words too.
function readEscapes(text: string): string {
  return text.replaceAll(/\\+(?:[nrtbf"/]|u[0-9a-fA-F]{4})?/g, (escape) => " ".repeat(escape.length));
}

function restored(value: JsonValue, valueOf: ReadonlyMap<string, string>): JsonValue {
  if (valueOf.size === 0) return value;
  if (typeof value === "string") {
    return value.replaceAll(/\[[^[\]]{1,60} \d+\]/g, (name) => valueOf.get(name) ?? name);
  }
  if (Array.isArray(value)) return value.map((item) => restored(item, valueOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restored(item, valueOf)]));
}
