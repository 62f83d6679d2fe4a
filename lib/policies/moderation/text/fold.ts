/** Characters that leave no mark on screen: zero-width, soft hyphens, direction marks, variation selectors, tags. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    isTag(code)
  );
}

/** Tag characters: an invisible copy of ASCII in the plane of emoji. */
const isTag = (code: number) => code >= 0xe0000 && code <= 0xe007f;

/** Small letters of other scripts that look like a Latin one (a part of Unicode TR 39's confusables). */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  "аa вb сc ԁd еe ёe ғf һh іi їi јj кk ӏl мm нh оo рp ԛq гr ѕs тt уy ѵv ԝw хx αa βb ϲc εe ηn ιi κk νv οo ρp τt υu χx ωw ɑa ɡg ɩi ɪi ʀr ѡw օo ոn սu ցg հh ձd"
    .split(" ")
    .map((pair) => [pair.slice(0, -1), pair.slice(-1)]),
);

const leet: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
};

/** Signs that stand for a letter when they stand between letters. */
export const leetSigns: Readonly<Record<string, string>> = { "@": "a", $: "s", "!": "i", "|": "l", "€": "e" };

/** The letters and digits a character stands for, small and without accents; empty for anything else. */
export function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 128) return /[a-z0-9]/i.test(character) ? character.toLowerCase() : "";
  return character
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** A word of mixed scripts in Latin letters; a word that is wholly of another script stays as it is. */
export function unmixed(word: string): string {
  if (!/[a-z]/.test(word) || !/[^a-z0-9]/.test(word)) return word;
  return [...word].map((letter) => lookalikes[letter] ?? letter).join("");
}

/** The word with its digits read as letters; the same where it has no letters, or no digits. */
export function withoutLeet(word: string): string {
  if (!/\d/.test(word) || !/\p{L}/u.test(word)) return word;
  return [...word].map((letter) => leet[letter] ?? letter).join("");
}
