import { eq } from "drizzle-orm";
import { runs } from "@/db/schema";
import { completeArguments } from "@/lib/apps/server/arguments-as-signed";
import type { Capability } from "@/lib/identity/matrix";
import { canonicalJson } from "@/lib/kernel/canonical";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { callModel, type ModelAnswer, type ModelAsk } from "@/lib/models/server/call-model";
import type { ConfidenceSource, RunPurpose } from "@/lib/models/vocabulary";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { answerSchema } from "../answer-schema";
import { combine, type Confidences } from "../confidence";
import { settingsOf, type PromptSettings } from "../settings";
import { fillTemplate, takeArguments } from "../template";
import { loadVersion, versionName, type LoadedVersion } from "./version-rows";

export type PromptAsk = {
  promptVersionId: string;
  /** What the template is filled from. */
  input: JsonObject;
  purpose: RunPurpose;
  decisionId?: string;
  askedBy?: string;
};

/** What a prompt answered. `confidence`: of the source its settings name. `promptVersion`: `key@version`. Costs are sums over the samples. */
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

const capabilityOf: Record<RunPurpose, Capability> = {
  decision: "runs.make",
  shadow: "system.run",
  playground: "runs.try",
  experiment: "experiments.run",
  judge: "evaluators.write",
  llm_auditor: "discrepancies.confirm",
};

type Said = {
  predicted: "positive" | "negative";
  arguments: JsonObject;
  rationale: string;
  stated: number | null;
};
type Sample = Said & { answer: ModelAnswer };

/**
 * Fills a prompt version's template from an input and asks its model, as often as the version's settings say; the answer is
 * the first of the largest group that agrees. Throws ModelCallError where no answer can be used, `not_found`, and
 * `validation_failed` where the input lacks what the template names.
 */
export async function answerWithPrompt(ctx: Context, ask: PromptAsk): Promise<PromptAnswer> {
  authorize(ctx, capabilityOf[ask.purpose]);
  const started = performance.now();
  const loaded = await loadVersion(ctx, ask.promptVersionId);
  const settings = settingsOf(loaded.version.settings);
  const taken = takeArguments(settings.take, ask.input);
  const question = questionOf(loaded, settings, ask);
  const asked = await Promise.allSettled(
    Array.from({ length: settings.samples }, async (_, at) => {
      const temperature = at === 0 ? settings.temperature : settings.sample_temperature;
      const answer = await callModel(ctx, {
        ...question,
        ...(temperature === undefined ? {} : { temperature }),
        refuse: (output) => {
          const read = said(output, loaded, taken);
          return typeof read === "string" ? read : null;
        },
      });
      const read = said(answer.output, loaded, taken);
      if (typeof read === "string") throw new Error(read);
      return { ...read, answer };
    }),
  );
  const samples = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const [group, ...others] = agreeing(samples);
  if (!group) throw firstFailure(asked);
  const [chosen] = group;
  if (!chosen) throw new Error("a group of answers without an answer");
  const all = [...group, ...others.flat()];
  const confidences = confidencesOf(chosen, group.length, settings);
  const confidence = confidences[settings.confidence] ?? null;
  await ctx.db.update(runs).set({ confidences, confidence }).where(eq(runs.id, chosen.answer.runId));
  return {
    predicted: chosen.predicted,
    arguments: chosen.arguments,
    rationale: chosen.rationale,
    confidence,
    confidences,
    costMicros: sumOrNull(all.map(({ answer }) => answer.costMicros)),
    latencyMs: performance.now() - started,
    inputTokens: all.reduce((sum, { answer }) => sum + answer.inputTokens, 0),
    outputTokens: all.reduce((sum, { answer }) => sum + answer.outputTokens, 0),
    runIds: all.map(({ answer }) => answer.runId),
    model: loaded.model.modelId,
    promptVersion: versionName(loaded.prompt.key, loaded.version.version),
  };
}

function questionOf(
  { version, prompt, type, model }: LoadedVersion,
  settings: PromptSettings,
  ask: PromptAsk,
): ModelAsk {
  return {
    modelId: model.id,
    purpose: ask.purpose,
    messages: fillTemplate(version.messages, ask.input),
    schema: answerSchema(type.argumentsSchema, Object.keys(settings.take)),
    maxOutputTokens: settings.max_output_tokens,
    wantTokenProbabilities: true,
    probabilityOf: "predicted",
    appId: prompt.appId,
    typeId: type.id,
    promptVersionId: version.id,
    ...(ask.decisionId === undefined ? {} : { decisionId: ask.decisionId }),
    ...(ask.askedBy === undefined ? {} : { askedBy: ask.askedBy }),
  };
}

const longestRationale = 2000;

/** What an answer says, its arguments whole; a sentence where it does not fit the decision type. */
function said(output: JsonValue, { type }: LoadedVersion, taken: JsonObject): Said | string {
  if (!isJsonObject(output) || (output.predicted !== "positive" && output.predicted !== "negative"))
    return "The model did not say which way it decides";
  // What the input says comes before what the model says it says.
  const { value, errors } = completeArguments(
    { typeId: type.id, version: type.version, schema: type.argumentsSchema },
    { ...(isJsonObject(output.arguments) ? output.arguments : {}), ...taken },
  );
  const [first] = errors;
  if (first)
    return `The model's arguments do not fit the decision type: ${first.pointer} ${first.message}`.slice(
      0,
      300,
    );
  const { confidence, rationale } = output;
  return {
    predicted: output.predicted,
    arguments: value,
    rationale: typeof rationale === "string" ? rationale.slice(0, longestRationale).toWellFormed() : "",
    stated: typeof confidence === "number" && confidence >= 0 && confidence <= 1 ? confidence : null,
  };
}

/** The answers in groups that say the same action the same way, the largest first; of equals the one asked first. */
function agreeing(samples: readonly Sample[]): Sample[][] {
  const groups = Map.groupBy(samples, (sample) => `${sample.predicted} ${canonicalJson(sample.arguments)}`);
  return [...groups.values()].toSorted((a, b) => b.length - a.length);
}

// A sample that failed agrees with nobody: the share is of all that were asked.
function confidencesOf(chosen: Sample, agreed: number, settings: PromptSettings): Confidences {
  const found: Confidences = {};
  if (chosen.stated !== null) found.verbalised = chosen.stated;
  if (chosen.answer.tokenProbability !== null) found.token_probability = chosen.answer.tokenProbability;
  if (settings.samples > 1) found.self_consistency = agreed / settings.samples;
  const combined = settings.combination ? combine(settings.combination, found) : null;
  if (combined !== null) found.combined = combined;
  return found;
}

function firstFailure(asked: readonly PromiseSettledResult<Sample>[]): unknown {
  return asked.find((one) => one.status === "rejected")?.reason ?? new Error("nothing was asked");
}

function sumOrNull(costs: readonly (number | null)[]): number | null {
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}
