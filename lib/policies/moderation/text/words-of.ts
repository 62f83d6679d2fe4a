import { foldCharacter, isInvisible, leetSigns, unmixed, withoutLeet } from "./fold";

/** A word as rules read it, and where it stands in the text it came from. */
export type Word = {
  /** Small, without accents, look-alikes, leetspeak and what cannot be seen. */
  word: string;
  start: number;
  end: number;
  /** Nothing but blanks stands between the last full stop, line end or colon and it. */
  isFirst: boolean;
};

/** A text's words. Letters that are written apart (`i g n o r e`) are one word. One pass, linear. */
export function wordsOf(text: string): Word[] {
  return joinedLetters(rawWords(text));
}

function rawWords(text: string): Word[] {
  const words: Word[] = [];
  let folded = "";
  let start = 0;
  let end = 0;
  let isFirst = true;
  const close = () => {
    if (folded === "") return;
    words.push({ word: withoutLeet(unmixed(folded)), start, end, isFirst });
    folded = "";
    isFirst = false;
  };
  let unit = 0;
  for (const character of text) {
    const next = unit + character.length;
    const letters = foldCharacter(character) || leetLetter(text, unit, folded);
    if (letters !== "") {
      if (folded === "") start = unit;
      // A word of thousands of letters is none.
      if (folded.length < 64) folded += letters;
      end = next;
    } else if (!isInvisible(character.codePointAt(0) ?? 0) && !isMark(character)) {
      close();
      if (/[.!?:;\n\r"“”>\])]/.test(character)) isFirst = true;
    }
    unit = next;
  }
  close();
  return words;
}

const isMark = (character: string) => character >= "\u0300" && /^\p{M}$/u.test(character);

// `!` ends a sentence unless a letter follows it.
function leetLetter(text: string, unit: number, folded: string): string {
  const letter = leetSigns[text[unit] ?? ""];
  const follows = /[a-z0-9]/i.test(text[unit + 1] ?? "");
  return letter && follows && (folded !== "" || text[unit] === "@" || text[unit] === "$") ? letter : "";
}

function joinedLetters(words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  let run: Word[] = [];
  const close = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first && last && run.length >= 4) {
      const word = withoutLeet(run.map((letter) => letter.word).join(""));
      joined.push({ word, start: first.start, end: last.end, isFirst: first.isFirst });
    } else joined.push(...run);
    run = [];
  };
  for (const word of words) {
    const last = run.at(-1);
    const isNext = last !== undefined && word.start - last.end === 1;
    if ([...word.word].length !== 1) {
      close();
      joined.push(word);
    } else {
      if (!isNext) close();
      run.push(word);
    }
  }
  close();
  return joined;
}
