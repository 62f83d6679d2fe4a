/** A run of words that both texts have, or only the one before (`del`) or the one after (`ins`). */
export type Piece = { kind: "same" | "del" | "ins"; text: string };

/** Longer texts are told whole: comparing grows with the product of their lengths. */
const mostTokens = 400;

/** What changed between two texts, word by word; joined without `ins` it is the one before, without `del` the one after. */
export function wordDiff(before: string, after: string): Piece[] {
  if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
  const [was, is] = [tokensOf(before), tokensOf(after)];
  if (was.length > mostTokens || is.length > mostTokens) return whole(before, after);
  const pieces = walk(was, is);
  const kept = pieces
    .filter(({ kind }) => kind === "same")
    .reduce((sum, { text }) => sum + text.trim().length, 0);
  // Two texts with hardly a word in common are two texts.
  return kept * 4 < Math.min(before.length, after.length) ? whole(before, after) : pieces;
}

function whole(before: string, after: string): Piece[] {
  const pieces: Piece[] = [
    { kind: "del", text: before },
    { kind: "ins", text: after },
  ];
  return pieces.filter(({ text }) => text !== "");
}

function tokensOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** The longest common subsequence, walked from the start; what goes stands before what comes. */
function walk(was: readonly string[], is: readonly string[]): Piece[] {
  const width = is.length + 1;
  const lengths = new Uint16Array((was.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = was.length - 1; i >= 0; i -= 1)
    for (let j = is.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = was[i] === is[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pieces: Piece[] = [];
  for (let [i, j] = [0, 0]; i < was.length || j < is.length;) {
    const [old, fresh] = [was[i], is[j]];
    if (old !== undefined && old === fresh) {
      push(pieces, "same", old);
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      push(pieces, "del", old);
      i += 1;
    } else if (fresh !== undefined) {
      push(pieces, "ins", fresh);
      j += 1;
    }
  }
  return pieces;
}

function push(pieces: Piece[], kind: Piece["kind"], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}
