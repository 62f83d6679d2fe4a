export { learningText } from "@/lib/models/learning-text";

/** What near-duplicates share: the letters alone, since mass mail varies digits, spacing and punctuation. */
export function likenessOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}]+/gu, "");
}
