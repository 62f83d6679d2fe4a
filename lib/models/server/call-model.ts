import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { RunPurpose } from "@/lib/models/vocabulary";
import type { Context } from "@/lib/server/context";

/** One message as a model reads it. */
export type ModelMessage = { role: "system" | "user" | "assistant"; content: string };

/** One question to one model. `schema`: the JSON Schema of the answer; without it the answer is a text. */
export type ModelAsk = {
  modelId: string;
  purpose: RunPurpose;
  messages: readonly ModelMessage[];
  schema?: JsonObject;
  temperature?: number;
  maxOutputTokens?: number;
  wantTokenProbabilities?: boolean;
  appId?: string;
  typeId?: string;
  decisionId?: string;
  promptVersionId?: string;
  askedBy?: string;
};

/** `tokenProbability`: the probability of the answer's tokens, 0 to 1, where the model gives it. `masked`: how many personal data were. */
export type ModelAnswer = {
  runId: string;
  output: JsonValue;
  tokenProbability: number | null;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  latencyMs: number;
  calls: number;
  masked: number;
};

/**
 * Asks a model once: the run is written before the call and settled after, personal data is masked in every message
 * unless the model may see it, and overload, outages and lost connections are tried again as often as the model's row says.
 * Throws ModelCallError for timeouts, refusals, unusable answers and provider errors.
 */
export async function callModel(ctx: Context, ask: ModelAsk): Promise<ModelAnswer> {
  throw new Error(`not built yet: ${ask.modelId} for ${ctx.orgId}`);
}
