import { findApp } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { ModelCallError } from "@/lib/models/model-call-error";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Trials, TryPrompts } from "../run-endpoints";
import { answerWithPrompt } from "./answer-with-prompt";
import { loadVersion, requireLive, versionName, type LoadedVersion } from "./version-rows";

type Trial = Trials["data"][number];

/** Asks prompt versions of an app side by side; nothing is decided. A model that fails is shown as that. Throws `validation_failed`. */
export async function tryPrompts(ctx: Context, input: TryPrompts): Promise<Trials> {
  authorize(ctx, "runs.try");
  const app = await findApp(ctx, input.app);
  const loaded = await Promise.all(input.versions.map((id) => loadVersion(ctx, id)));
  if (loaded.some(({ prompt }) => prompt.appId !== app.id))
    throw new DomainError("not_found", "A prompt version is not of this app.");
  for (const { prompt } of loaded) requireLive(prompt);
  return { object: "trials", data: await Promise.all(loaded.map((one) => tried(ctx, one, input.input))) };
}

async function tried(
  ctx: Context,
  { version, prompt, model }: LoadedVersion,
  input: TryPrompts["input"],
): Promise<Trial> {
  const common = {
    object: "trial" as const,
    version: version.id,
    name: versionName(prompt.key, version.version),
    currency: model.currency,
  };
  try {
    const answer = await answerWithPrompt(ctx, { promptVersionId: version.id, input, purpose: "playground" });
    return {
      ...common,
      answer: {
        predicted: answer.predicted,
        arguments: answer.arguments,
        rationale: answer.rationale,
        confidence: answer.confidence,
        confidences: answer.confidences,
        cost_micros: answer.costMicros,
        latency_ms: answer.latencyMs,
        input_tokens: answer.inputTokens,
        output_tokens: answer.outputTokens,
        runs: answer.runIds,
      },
      error: null,
    };
  } catch (error) {
    // An input that one version cannot be filled from may do for another.
    if (!(error instanceof ModelCallError) && !(error instanceof DomainError)) throw error;
    return { ...common, answer: null, error: error.message };
  }
}
