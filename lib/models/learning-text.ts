import type { JsonValue } from "@/lib/kernel/json";
import { mailPrompt } from "./mail-prompt";

/** Texts are read to here; a model trained here looks at their opening. */
const longestText = 4000;

/**
 * A decision's input as one text for a model trained here, the same in training and in use: a message keeps its sender and
 * subject apart; of any other input every string counts, in the order of its fields.
 */
export function learningText(input: JsonValue): string {
  const { from, subject, text } = messageOf(input);
  return mailPrompt({ from, subject, text: text.slice(0, longestText) });
}

function messageOf(input: JsonValue): { from: string; subject: string; text: string } {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) {
    const { from, subject, text } = input;
    if (typeof from === "string" && typeof subject === "string" && typeof text === "string")
      return { from, subject, text };
  }
  return { from: "", subject: "", text: stringsOf(input).join("\n") };
}

function stringsOf(value: JsonValue): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}
