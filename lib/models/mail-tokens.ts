/** Only the opening is read: it tells as much as the whole, and naive Bayes grows surer with every word, right or not. */
const openingCharacters = 600;
const word = /[\p{L}][\p{L}\p{N}'’-]{1,24}|[$!]{2,}|\$(?=\d)/gu;

/**
 * The distinct words of a message's opening, each named by its field (`from:`, `subject:`, `body:`): the first line is the sender,
 * the second the subject. The field also keeps a word like "constructor" from meaning a property of every object.
 */
export function mailTokens(prompt: string): string[] {
  const opening = prompt.slice(0, openingCharacters);
  const end = opening.indexOf("\n\n");
  const [from = "", subject = ""] = (end === -1 ? opening : opening.slice(0, end)).split("\n");
  const tokens = [
    ...wordsOf(from.replace(/^From: /, "")).map((found) => `from:${found}`),
    ...wordsOf(subject.replace(/^Subject: /, "")).map((found) => `subject:${found}`),
    ...wordsOf(end === -1 ? "" : opening.slice(end)).map((found) => `body:${found}`),
  ];
  return [...new Set(tokens)];
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}
