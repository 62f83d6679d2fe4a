import type { Prediction, Truth } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Word } from "./sides";

/** What was done: acted (positive) or not; a decision that is not decided stands for its proposal. */
export function doneOf(status: string, predicted: Prediction): Truth {
  if (status === "approved") return "positive";
  return status === "declined" ? "negative" : predicted;
}

export const opposite = (truth: Truth): Truth => (truth === "positive" ? "negative" : "positive");

export type Said = {
  vote: "up" | "down" | null;
  correction: JsonObject | null;
  by: string;
  at: string;
  text: string | null;
};

/**
 * What feedback stands for. A correction says how acting would have been right; a vote is about what was done. A score,
 * a text or a cause alone takes no side.
 */
export function wordOfFeedback({ vote, correction, by, at, text }: Said, done: Truth): Word | undefined {
  if (correction) return { truth: "positive", arguments: correction, said: "correction", by, at, text };
  if (vote === null) return undefined;
  return { truth: vote === "up" ? done : opposite(done), arguments: null, said: vote, by, at, text };
}

/** The later of two words of one side. */
export function newest(one: Word | undefined, other: Word | undefined): Word | undefined {
  if (!one || !other) return one ?? other;
  return (one.at ?? "") >= (other.at ?? "") ? one : other;
}
