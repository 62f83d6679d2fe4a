/** A token of an answer with the natural logarithm of its probability. */
export type TokenLogprob = { token: string; logprob: number };

/**
 * The probability a model gave to its own answer, 0 to 1: of the tokens that spell the value of `property` where the answer
 * is a JSON object that has it, else of all tokens. Null without tokens, or where they do not spell a value.
 */
export function tokenProbability(tokens: readonly TokenLogprob[], property?: string): number | null {
  if (tokens.length === 0) return null;
  const chosen = property === undefined ? tokens : tokensOf(tokens, property);
  if (chosen.length === 0) return null;
  const sum = chosen.reduce((total, { logprob }) => total + Math.min(0, logprob), 0);
  return Number.isNaN(sum) ? null : Math.exp(sum);
}

function tokensOf(tokens: readonly TokenLogprob[], property: string): TokenLogprob[] {
  const text = tokens.map(({ token }) => token).join("");
  const place = placeOfValue(text, property);
  if (!place) return [];
  let at = 0;
  return tokens.filter(({ token }) => {
    const start = at;
    at += token.length;
    return start < place.end && at > place.start;
  });
}

// The last one: a rationale before it may quote the word. What stands between the quotes is the value.
function placeOfValue(text: string, property: string): { start: number; end: number } | null {
  const name = property.replaceAll(/[^A-Za-z0-9_]/g, "");
  const found = [...text.matchAll(new RegExp(`"${name}"\\s*:\\s*("?)([^",}\\]\\s]+)`, "g"))].at(-1);
  if (!found) return null;
  const end = found.index + found[0].length;
  return { start: end - (found[2] ?? "").length, end };
}
