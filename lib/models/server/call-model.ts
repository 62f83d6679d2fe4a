import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { Capability } from "@/lib/identity/matrix";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { RunPurpose } from "@/lib/models/vocabulary";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { costMicros, waitBeforeRepeat } from "../cost";
import { maskTexts, type Masked } from "../mask-messages";
import { ModelCallError } from "../model-call-error";
import { tokenProbability } from "../token-probability";
import { askProvider, Overloaded, Unusable, type Outgoing, type ProviderAnswer } from "./ask-provider";
import { classifyWithArtifact } from "./local-artifact";
import { findModel, type ModelRow } from "./model-rows";
import { openRun, settleRun } from "./write-run";

/** One message as a model reads it. */
export type ModelMessage = { role: "system" | "user" | "assistant"; content: string };

/**
 * One question to one model. `schema`: the JSON Schema of the answer; without it the answer is a text. `probabilityOf`: the
 * member of the answer whose tokens' probability is wanted; left out, that of the whole answer.
 */
export type ModelAsk = {
  modelId: string;
  purpose: RunPurpose;
  messages: readonly ModelMessage[];
  schema?: JsonObject;
  temperature?: number;
  maxOutputTokens?: number;
  wantTokenProbabilities?: boolean;
  probabilityOf?: string;
  /** Says in a sentence why an answer of the right shape cannot be used all the same; null: it can. */
  refuse?: (output: JsonValue) => string | null;
  appId?: string;
  typeId?: string;
  decisionId?: string;
  promptVersionId?: string;
  askedBy?: string;
};

/** `tokenProbability`: 0 to 1, where the model gives it. `masked`: in how many places personal data was. */
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

/** What whoever asks for each purpose must be allowed; a worker may do all of them. */
const capabilityOf: Record<RunPurpose, Capability> = {
  decision: "runs.make",
  shadow: "system.run",
  playground: "runs.try",
  experiment: "experiments.run",
  judge: "evaluators.write",
  llm_auditor: "discrepancies.confirm",
};

/**
 * Asks a model once: the run is written before the call and settled after, personal data is masked in every message
 * unless the model may see it (and put back into the answer), and overload, outages and lost connections are tried again
 * as often as the model's row says, all of it within its time. Throws ModelCallError for timeouts, refusals, unusable
 * answers and provider errors, `not_found` for no such model.
 */
export async function callModel(ctx: Context, ask: ModelAsk): Promise<ModelAnswer> {
  authorize(ctx, capabilityOf[ask.purpose]);
  const model = await findModel(ctx, ask.modelId);
  if (model.archivedAt !== null)
    throw new DomainError("conflict", `The model ${model.name} is archived.`, { code: "model_archived" });
  // What is trained here is asked here: nothing leaves the house.
  const isMasked = model.provider !== "local" && !model.maySeePersonalData;
  const masked = isMasked ? maskTexts(ask.messages.map(({ content }) => content)) : unmasked(ask.messages);
  const messages = ask.messages.map(({ role }, at) => ({ role, content: masked.texts[at] ?? "" }));
  const outgoing: Outgoing = { ...ask, messages };
  const runId = await openRun(ctx, {
    ask,
    modelId: model.id,
    masked: masked.masked,
    requestHash: hashOf(model, outgoing),
  });
  const asked = { calls: 0, started: performance.now() };
  try {
    const answer = await askAgain(ctx, model, outgoing, asked);
    const cost = model.provider === "local" ? 0 : costMicros(model, answer);
    const output = masked.restore(answer.output);
    const refusal = ask.refuse?.(output) ?? null;
    if (refusal !== null) throw new Unusable("unusable_answer", refusal, answer);
    const settled = {
      output,
      inputTokens: answer.inputTokens,
      outputTokens: answer.outputTokens,
      costMicros: cost,
      latencyMs: performance.now() - asked.started,
      calls: asked.calls,
    };
    await settleRun(ctx, runId, { status: "succeeded", ...settled });
    const probability = tokenProbability(answer.tokens, ask.probabilityOf);
    return { runId, ...settled, tokenProbability: probability, masked: masked.masked };
  } catch (error) {
    throw await failed(ctx, { runId, model, error, asked });
  }
}

type Asked = { calls: number; started: number };

async function askAgain(
  ctx: Context,
  model: ModelRow,
  outgoing: Outgoing,
  asked: Asked,
): Promise<ProviderAnswer> {
  if (model.provider === "local") return askLocal(ctx, model, outgoing, asked);
  const signal = AbortSignal.timeout(model.timeoutMs);
  for (;;) {
    asked.calls += 1;
    try {
      return await askProvider(model, outgoing, signal);
    } catch (error) {
      if (signal.aborted) throw late(model, error);
      if (!(error instanceof Overloaded)) throw error;
      if (asked.calls > model.maxRetries) throw new ModelCallError("provider", error.message, error);
      const pause = waitBeforeRepeat(asked.calls, error.askedMs, Math.random());
      // A wait that would use up the time is no wait worth making.
      if (performance.now() - asked.started + pause >= model.timeoutMs)
        throw new ModelCallError("provider", `${error.message}, and there was no time to ask again`, error);
      await wait(pause);
    }
  }
}

async function askLocal(
  ctx: Context,
  model: ModelRow,
  outgoing: Outgoing,
  asked: Asked,
): Promise<ProviderAnswer> {
  asked.calls += 1;
  const text = outgoing.messages.findLast(({ role }) => role === "user")?.content ?? "";
  const { predicted, confidence, rationale } = await classifyWithArtifact(ctx, model.modelId, text);
  // It has no tokens of its own: words stand for them.
  const inputTokens = text.match(/\S+/g)?.length ?? 0;
  return { output: { predicted, confidence, rationale }, tokens: [], inputTokens, outputTokens: 0 };
}

function late({ timeoutMs }: ModelRow, cause: unknown): ModelCallError {
  return new ModelCallError("timeout", `The model did not answer within ${timeoutMs / 1000} s`, cause);
}

type Failure = { runId: string; model: ModelRow; error: unknown; asked: Asked };

async function failed(ctx: Context, { runId, model, error, asked }: Failure): Promise<Error> {
  const known = error instanceof ModelCallError;
  const usage = error instanceof Unusable ? error.usage : null;
  await settleRun(ctx, runId, {
    status: "failed",
    error: known ? error.message : "Something broke on our side while the model was asked",
    errorCode: known ? error.reason : "internal",
    latencyMs: performance.now() - asked.started,
    calls: asked.calls,
    ...(usage
      ? {
          inputTokens: usage.inputTokens,
          outputTokens: usage.outputTokens,
          costMicros: costMicros(model, usage),
        }
      : {}),
  });
  if (!known) return error instanceof Error ? error : new Error(String(error));
  log.warn({ run: runId, reason: error.reason, calls: asked.calls }, "a model gave no usable answer");
  return new ModelCallError(error.reason, error.message, error, runId);
}

function unmasked(messages: readonly ModelMessage[]): Masked {
  return { texts: messages.map(({ content }) => content), masked: 0, restore: (value) => value };
}

// Of what goes out, so that equal questions to equal models are known as such; no secret is in it.
function hashOf(model: ModelRow, { messages, schema, temperature, maxOutputTokens }: Outgoing): string {
  const asked = canonicalJson({
    model: model.modelId,
    messages: messages.map(({ role, content }) => ({ role, content })),
    schema: schema ?? null,
    temperature: temperature ?? null,
    max: maxOutputTokens ?? null,
  });
  return createHash("sha256").update(asked).digest("hex");
}
