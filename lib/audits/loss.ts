import type { Prediction, Truth } from "@/lib/decisions/schema";
import type { Judgement } from "./schema";

/** The loss in [0, 1] of a decision that ran alone, by its judgement (autonomy.md §1.2): borderline is half of one. */
export const lossOf: Record<Judgement, number> = { correct: 0, borderline: 0.5, incorrect: 1 };

/**
 * Whether acting was right, from the proposal and its judgement. A loss of a half or more counts as wrong, as in the
 * alarm of autonomy.md §1.8: doubt never counts in the app's favour.
 */
export function truthOf(predicted: Prediction, judgement: Judgement): Truth {
  if (lossOf[judgement] < 0.5) return predicted;
  return predicted === "positive" ? "negative" : "positive";
}

/** How the page and the API say it. */
export const borderlineSentence = "Borderline is half a loss, and half a loss counts as wrong in every rate.";
