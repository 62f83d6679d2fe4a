import type { TellingToken } from "./local-classifier";
import type { MailLabel } from "./schema";

/** The most telling words with their direction: `viagra, unsubscribe, $$ → spam; wrote → ham`. */
export function rationaleOf(telling: readonly TellingToken[]): string {
  const towards = (label: MailLabel, words: readonly TellingToken[]) =>
    words.length ? [`${words.map(({ token }) => display(token)).join(", ")} → ${label}`] : [];
  const sides = [
    ...towards(
      "spam",
      telling.filter(({ log2Odds }) => log2Odds > 0),
    ),
    ...towards(
      "ham",
      telling.filter(({ log2Odds }) => log2Odds < 0),
    ),
  ];
  return sides.length ? sides.join("; ") : "no word of it was seen in training";
}

/** The words of the body stand bare; the others say where they were found. */
function display(token: string): string {
  const colon = token.indexOf(":");
  const [field, word] = [token.slice(0, colon), token.slice(colon + 1)];
  return field === "body" ? word : `${word} (${field === "from" ? "sender" : field})`;
}
