import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import type { Expected, Given, Output } from "../score-output";
import type { EvaluatorKind, Quality } from "../vocabulary";

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
  /** What asks, for the run of a judge: an experiment's result, a score. */
  askedBy: string | null;
};

/** One score of one quality; a judge may give several at once. */
export type ScoreGiven = Given & {
  quality: Quality;
  runId: string | null;
  costMicros: number | null;
  latencyMs: number | null;
};

/**
 * Scores one output with one version. Pure kinds answer at once; `llm_judge` asks a model, `http` a team's own service.
 * A score that cannot be told (nothing known to be right) has nulls and a reason. Throws ModelCallError for a judge
 * that gave no usable answer, and DomainError `evaluator_unreachable` for a service that did not answer as it should.
 */
export async function scoreItem(
  ctx: Context,
  evaluator: EvaluatorInForce,
  item: Scorable,
): Promise<ScoreGiven[]> {
  throw new Error(`not built yet: ${evaluator.kind} of ${item.decisionId ?? ctx.orgId}`);
}
