/** A stretch of harmless text, or a chip that stands for characters the eye cannot see. */
export type Segment = { kind: "text"; text: string } | { kind: "chip"; label: string; meaning: string };

const named: Record<number, [label: string, meaning: string]> = {
  0x00ad: ["SHY", "soft hyphen"],
  0x034f: ["CGJ", "combining grapheme joiner"],
  0x061c: ["ALM", "Arabic letter mark"],
  0x115f: ["FILL", "Hangul filler"],
  0x1160: ["FILL", "Hangul filler"],
  0x180e: ["MVS", "Mongolian vowel separator"],
  0x200b: ["ZWSP", "zero-width space"],
  0x200c: ["ZWNJ", "zero-width non-joiner"],
  0x200d: ["ZWJ", "zero-width joiner"],
  0x200e: ["LRM", "left-to-right mark"],
  0x200f: ["RLM", "right-to-left mark"],
  0x2028: ["LS", "line separator"],
  0x2029: ["PS", "paragraph separator"],
  0x202a: ["LRE", "left-to-right embedding"],
  0x202b: ["RLE", "right-to-left embedding"],
  0x202c: ["PDF", "pop directional formatting"],
  0x202d: ["LRO", "left-to-right override"],
  0x202e: ["RLO", "right-to-left override"],
  0x2060: ["WJ", "word joiner"],
  0x2066: ["LRI", "left-to-right isolate"],
  0x2067: ["RLI", "right-to-left isolate"],
  0x2068: ["FSI", "first strong isolate"],
  0x2069: ["PDI", "pop directional isolate"],
  0x3164: ["FILL", "Hangul filler"],
  0xfeff: ["BOM", "zero-width no-break space"],
  0xffa0: ["FILL", "halfwidth Hangul filler"],
};

const hex = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
const within = (code: number, low: number, high: number) => code >= low && code <= high;
const isTag = (code: number) => within(code, 0xe0000, 0xe007f);
const isEmoji = (text: string | undefined) =>
  text !== undefined && /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}]/u.test(text);

/** The chip for one code point, or undefined for what may be shown as it is. */
function chipOf(code: number): [label: string, meaning: string] | undefined {
  const known = named[code];
  if (known) return [known[0], `${known[1]}, ${hex(code)}`];
  if (code === 0x0a || code === 0x09) return undefined;
  if (code < 0x20 || within(code, 0x7f, 0x9f)) return [hex(code), "control character"];
  if (within(code, 0xd800, 0xdfff)) return [hex(code), "half of a surrogate pair"];
  if (within(code, 0x2061, 0x206f)) return [hex(code), "invisible formatting character"];
  if (within(code, 0xfff0, 0xfffb)) return [hex(code), "interlinear or unassigned special"];
  if (within(code, 0xe0080, 0xe0fff))
    return [hex(code), "invisible variation selector or reserved character"];
  return undefined;
}

/** A run of tag characters spells hidden ASCII: show what it says. */
function tagChip(run: string[]): Segment {
  const hidden = run.map((c) => String.fromCharCode((c.codePointAt(0) ?? 0xe0000) - 0xe0000)).join("");
  const spelled = hidden.replace(/[^ -~]/g, "");
  return {
    kind: "chip",
    label: `TAG “${spelled}”`,
    meaning: `${run.length} invisible tag characters`,
  };
}

/**
 * Splits hostile text into what may be shown and chips for what must not act: bidi controls, zero-width and tag
 * characters, C0/C1 controls (newline and tab stay; CRLF counts as newline), lone surrogates. A run of one kind is one
 * chip. Emoji keep their joiners.
 */
export function splitUntrusted(input: string): Segment[] {
  const chars = [...input.replace(/\r\n/g, "\n")];
  const segments: Segment[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") segments.push({ kind: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < chars.length;) {
    const char = chars[at] ?? "";
    const code = char.codePointAt(0) ?? 0;
    const joinsEmoji = code === 0x200d && isEmoji(chars[at - 1]) && isEmoji(chars[at + 1]);
    const chip = joinsEmoji ? undefined : chipOf(code);
    if (isTag(code)) {
      const run = runFrom(chars, at, (c) => isTag(c.codePointAt(0) ?? 0));
      flush();
      segments.push(tagChip(run));
      at += run.length;
    } else if (chip) {
      const run = runFrom(chars, at, (c) => c === char);
      flush();
      segments.push({
        kind: "chip",
        label: run.length > 1 ? `${chip[0]} ×${run.length}` : chip[0],
        meaning: chip[1],
      });
      at += run.length;
    } else {
      plain += char;
      at += 1;
    }
  }
  flush();
  return segments;
}

function runFrom(chars: string[], start: number, belongs: (char: string) => boolean): string[] {
  let end = start + 1;
  while (end < chars.length && belongs(chars[end] ?? "")) end += 1;
  return chars.slice(start, end);
}

/** The first `cap` code points, and how many were left out; never cuts a surrogate pair. */
export function capText(text: string, cap: number): { shown: string; rest: number } {
  if (text.length <= cap) return { shown: text, rest: 0 };
  const chars = [...text];
  return { shown: chars.slice(0, cap).join(""), rest: Math.max(0, chars.length - cap) };
}
