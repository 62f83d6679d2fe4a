import type { JsonObject } from "@/lib/kernel/json";
import type { ConfidenceSource, RunPurpose } from "@/lib/models/vocabulary";
import type { Context } from "@/lib/server/context";

export type PromptAsk = {
  promptVersionId: string;
  /** What the template is filled from. */
  input: JsonObject;
  purpose: RunPurpose;
  decisionId?: string;
  askedBy?: string;
};

/** What a prompt answered. `confidence`: the source its settings name. `promptVersion`: `key@version`. Costs are sums over the calls. */
export type PromptAnswer = {
  predicted: "positive" | "negative";
  arguments: JsonObject;
  rationale: string;
  confidence: number | null;
  confidences: Partial<Record<ConfidenceSource, number>>;
  costMicros: number | null;
  latencyMs: number;
  inputTokens: number;
  outputTokens: number;
  runIds: string[];
  model: string;
  promptVersion: string;
};

/** Fills a prompt version's template from an input and asks its model. Throws ModelCallError, and `not_found`. */
export async function answerWithPrompt(ctx: Context, ask: PromptAsk): Promise<PromptAnswer> {
  throw new Error(`not built yet: ${ask.promptVersionId} for ${ctx.orgId}`);
}
