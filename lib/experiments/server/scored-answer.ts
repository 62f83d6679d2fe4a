import { sql } from "drizzle-orm";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import type { Scorable } from "@/lib/evaluators/scorable";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";

/** An item with one candidate's answer to it, as an evaluator is shown it. */
export type AnsweredRow = {
  input: JsonObject;
  truth: Truth;
  expected: JsonObject | null;
  decision_id: string | null;
  /** What the app was given beside the input, where the item was a decision. */
  context: JsonValue | null;
  predicted: Prediction;
  confidence: number | null;
  output: JsonObject | null;
  costMicros: number | null;
  latencyMs: number | null;
  /** The messages of the candidate's prompt version; null where it is none. */
  prompt: string | null;
  typeId: string;
};

/** The messages of a prompt version `v`, as a judge reads them; null where there is none. */
export const promptText = sql`(select string_agg(x.m ->> 'role' || ': ' || (x.m ->> 'content'), E'\n\n' order by x.at)
  from jsonb_array_elements(v.messages) with ordinality as x(m, at))`;

/** A candidate's answer as evaluators score it. */
export function answeredItem({
  output,
  truth,
  expected,
  predicted,
  decision_id,
  ...row
}: AnsweredRow): Scorable {
  const { input, context, confidence, latencyMs, costMicros, prompt, typeId } = row;
  return {
    input,
    context,
    output: {
      predicted,
      arguments: isJsonObject(output?.arguments) ? output.arguments : {},
      rationale: typeof output?.rationale === "string" ? output.rationale : "",
    },
    expected: { truth, arguments: expected },
    confidence,
    latencyMs,
    costMicros,
    prompt,
    typeId,
    decisionId: decision_id,
    askedBy: null,
  };
}
