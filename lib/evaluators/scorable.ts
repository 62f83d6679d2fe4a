import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Expected, Given, Output } from "./score-output";
import type { EvaluatorKind, Quality } from "./vocabulary";

/** One version of an evaluator, ready to score. */
export type EvaluatorInForce = {
  evaluatorId: string;
  versionId: string;
  appId: string;
  kind: EvaluatorKind;
  quality: Quality;
  config: JsonObject;
  /** The sealed key of an external one. */
  secret: string | null;
};

/** What is scored: a production decision, or a candidate's answer to an item of a dataset. */
export type Scorable = {
  input: JsonValue;
  context: JsonValue | null;
  output: Output;
  expected: Expected;
  confidence: number | null;
  latencyMs: number | null;
  /** Millionths of the model's currency. */
  costMicros: number | null;
  /** The messages the model was given, where the prompt is scored; null: not known. */
  prompt: string | null;
  typeId: string | null;
  decisionId: string | null;
  /** What asks, for the run of a judge: an experiment's result, a score. Names an external one's message too. */
  askedBy: string | null;
};

/** One score of one quality; a judge may give several at once. */
export type ScoreGiven = Given & {
  quality: Quality;
  runId: string | null;
  costMicros: number | null;
  latencyMs: number | null;
};
