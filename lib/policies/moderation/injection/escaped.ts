import { isInvisible, unmixed } from "../text/fold";

/** A reading of a text other than the one a person sees, and where in the text it stands. */
export type Reading = { text: string; start: number; end: number };

/** Fewer escapes are an address or a sign; from here on they spell words. */
const leastEscapes = 4;
const longest = 8000;

/**
 * What a text says once it is read as a machine reads it: percent, `\u0069`, `\x69` and HTML escapes, bytes in
 * hexadecimal or binary, letters turned by 13 places, text written backwards, and letters that only look like the ones they
 * stand for or have something between them that nobody sees. Each reading only where its form is
 * there; linear in the length of the text.
 */
export function escapedReadings(text: string): Reading[] {
  const seen = text.slice(0, longest);
  return [
    ...escapes(seen),
    ...bytesIn(seen, hexBytes, 16),
    ...bytesIn(seen, binaryBytes, 2),
    ...turned(seen),
    ...unveiled(seen),
  ];
}

const escape = /%([0-9a-f]{2})|\\u\{?([0-9a-f]{4,5})\}?|\\x([0-9a-f]{2})|&#x([0-9a-f]{2,5});|&#(\d{2,6});/gi;

function escapes(text: string): Reading[] {
  const found = [...text.matchAll(escape)];
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last || found.length < leastEscapes) return [];
  const read = text.replaceAll(escape, (whole, percent, unicode, hex, entity, decimal) => {
    const code = decimal ? Number(decimal) : Number.parseInt(percent ?? unicode ?? hex ?? entity, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
  return [{ text: read, start: first.index, end: last.index + last[0].length }];
}

const hexBytes = /(?<![0-9a-z])(?:[0-9a-f]{2}[ :]?){12,2000}(?![0-9a-z])/gi;
const binaryBytes = /(?<![0-9a-z])(?:[01]{8} ?){8,800}(?![0-9a-z])/g;

function bytesIn(text: string, pattern: RegExp, base: 2 | 16): Reading[] {
  const width = base === 2 ? 8 : 2;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const digits = match[0].replaceAll(/[ :]/g, "");
    const read = (digits.match(new RegExp(`.{${width}}`, "g")) ?? [])
      .map((byte) => String.fromCharCode(Number.parseInt(byte, base)))
      .join("");
    return isReadable(read) ? [{ text: read, start: match.index, end: match.index + match[0].length }] : [];
  });
}

/** Words of orders as they look when turned by 13 places, and from behind. */
const turnedBy13 =
  /\b(?:vtaber|qvfertneq|sbetrg|birewqr|cerivbhf|vafgehpgvba|cebzcg|flfgrz|nccebir|erirny)/gi;
const fromBehind =
  /(?:erongi|dragersid|tegrof|edirrevo|suoiverp|noitcurtsni|tpmorp|metsys|evorppa|laever)\b/gi;

function turned(text: string): Reading[] {
  const whole = { start: 0, end: text.length };
  return [
    ...(hasTwo(text, turnedBy13) ? [{ ...whole, text: text.replaceAll(/[a-z]/gi, rotated) }] : []),
    ...(hasTwo(text, fromBehind) ? [{ ...whole, text: [...text].toReversed().join("") }] : []),
  ];
}

function rotated(letter: string): string {
  const from = letter >= "a" ? 97 : 65;
  return String.fromCharCode(((letter.charCodeAt(0) - from + 13) % 26) + from);
}

/** Zero-width characters and soft hyphens, full-width and mathematical letters, and words of Latin with Greek or Cyrillic. */
const disguise =
  /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\uff01-\uff5e\u{1d400}-\u{1d7ff}]|[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]/iu;

function unveiled(text: string): Reading[] {
  if (!disguise.test(text)) return [];
  const seen = [...text.normalize("NFKC")].filter((one) => !isInvisible(one.codePointAt(0) ?? 0)).join("");
  return [{ text: seen.replaceAll(/\p{L}{1,64}/gu, unmixed), start: 0, end: text.length }];
}

const hasTwo = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length >= 2;

function isReadable(text: string): boolean {
  return text.includes(" ") && text.replaceAll(/[^\x20-\x7e\s]/g, "").length > text.length * 0.95;
}
