import type { Sighting } from "../agent-in-force";

/** Text that a model reads and a person does not see: runs of tag characters, and words laced with zero-width ones. */
export function hiddenText(text: string): {
  sightings: Sighting[];
  revealed: { text: string; start: number; end: number }[];
} {
  const sightings: Sighting[] = [];
  const revealed: { text: string; start: number; end: number }[] = [];
  for (const match of text.matchAll(/(?:\u{E0001}|[\u{E0020}-\u{E007F}]){4,4000}/gu)) {
    const start = match.index;
    const end = start + match[0].length;
    sightings.push({ category: "hidden_text", score: 0.95, start, end });
    revealed.push({ text: untagged(match[0]), start, end });
  }
  const laced = lacedScore(text);
  if (laced !== null) sightings.push(laced);
  return { sightings, revealed };
}

function untagged(tags: string): string {
  return [...tags]
    .map((tag) => String.fromCodePoint(((tag.codePointAt(0) ?? 0xe0020) - 0xe0000) & 0x7f))
    .join("");
}

// A few are typography or joined emoji; twelve between Latin letters are not. Overrides of direction turn what is read.
function lacedScore(text: string): Sighting | null {
  let count = 0;
  let first = -1;
  let last = 0;
  for (const match of text.matchAll(
    /(?<=[a-z])[\u00ad\u200b-\u200f\u2060-\u2064\ufeff](?=[a-z])|[\u202d\u202e]/gi,
  )) {
    count += match[0] >= "\u202d" && match[0] <= "\u202e" ? 6 : 1;
    if (first < 0) first = match.index;
    last = match.index + 1;
  }
  return count < 6
    ? null
    : { category: "hidden_text", score: count < 12 ? 0.6 : 0.8, start: first, end: last };
}

/** Texts in base64 that are long enough to say something and decode to readable characters. At most 20. */
export function decodedTexts(text: string): { text: string; start: number; end: number }[] {
  const found: { text: string; start: number; end: number }[] = [];
  for (const match of text.matchAll(/(?<![\w+/=-])[A-Za-z0-9+/_-]{24,4096}={0,2}(?![\w+/=])/g)) {
    if (found.length >= 20) break;
    const decoded = fromBase64(match[0]);
    if (decoded !== null)
      found.push({ text: decoded, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function fromBase64(encoded: string): string | null {
  const plain = encoded.replaceAll("-", "+").replaceAll("_", "/").replaceAll("=", "");
  if (plain.length % 4 === 1) return null;
  const decoded = atob(plain);
  const readable = decoded.replaceAll(/[^\x20-\x7e\s]/g, "").length;
  return readable > decoded.length * 0.95 && decoded.includes(" ") ? decoded : null;
}
