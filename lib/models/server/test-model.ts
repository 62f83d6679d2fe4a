import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ModelTest } from "../catalogue";
import { ModelCallError } from "../model-call-error";
import { callModel } from "./call-model";
import { findModel } from "./model-rows";

const schema = {
  type: "object",
  properties: { answer: { type: "integer" } },
  required: ["answer"],
  additionalProperties: false,
};

/** Asks a model what two and two is: whether it is reached, answers in the shape asked for, and what that took. */
export async function testModel(ctx: Context, { model_id }: { model_id: string }): Promise<ModelTest> {
  authorize(ctx, "models.write");
  const model = await findModel(ctx, model_id);
  const isLocal = model.provider === "local";
  try {
    const answer = await callModel(ctx, {
      modelId: model.id,
      purpose: "playground",
      messages: [{ role: "user", content: "What is 2 + 2? Answer with the number as `answer`." }],
      ...(isLocal ? {} : { schema }),
      wantTokenProbabilities: model.givesTokenProbabilities,
      askedBy: "test",
    });
    return {
      object: "model_test",
      ok: true,
      run: answer.runId,
      latency_ms: answer.latencyMs,
      input_tokens: answer.inputTokens,
      output_tokens: answer.outputTokens,
      cost_micros: answer.costMicros,
      token_probability: answer.tokenProbability,
      error: null,
    };
  } catch (error) {
    if (!(error instanceof ModelCallError)) throw error;
    return {
      object: "model_test",
      ok: false,
      run: error.runId,
      latency_ms: null,
      input_tokens: null,
      output_tokens: null,
      cost_micros: null,
      token_probability: null,
      error: error.message,
    };
  }
}
