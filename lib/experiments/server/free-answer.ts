import type { Prediction, Truth } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";

/** An item that a candidate that costs nothing is asked about. */
export type FreeItem = {
  id: string;
  decision_id: string | null;
  input: JsonObject;
  truth: Truth;
  recorded: JsonObject | null;
};

/** What it answered; `error`: why it could not. */
export type FreeAnswer = {
  predicted: Prediction | null;
  output: JsonObject | null;
  confidence: number | null;
  latencyMs: number | null;
  error: string | null;
};

/** No answer, and why. */
export function without(error: string): FreeAnswer {
  return { predicted: null, output: null, confidence: null, latencyMs: null, error: error.slice(0, 500) };
}
