import { z } from "zod";
import { DecisionView, Submission } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { confidenceSources, runPurposes, runStatuses } from "@/lib/models/vocabulary";

const IdOrKey = z.string().min(1).max(100);
const Confidences = z.partialRecord(z.enum(confidenceSources), z.number());

export const RunView = z.object({
  id: z.string(),
  object: z.literal("run"),
  purpose: z.enum(runPurposes),
  status: z.enum(runStatuses),
  app_id: z.string().nullable(),
  model: z.object({ id: z.string(), name: z.string(), currency: z.string() }),
  prompt: z
    .object({ id: z.string(), name: z.string().describe("key@version") })
    .nullable()
    .describe("The prompt version that asked; null: no prompt did"),
  decision: z.string().nullable(),
  output: AnyJson.nullable(),
  confidence: z.number().nullable(),
  confidences: Confidences.nullable().describe(
    "What each source said, where it was the answer that was used",
  ),
  input_tokens: z.int().nullable(),
  output_tokens: z.int().nullable(),
  cost_micros: z.number().nullable().describe("Millionths of the model's currency; null: no price is known"),
  latency_ms: z.number().nullable(),
  calls: z.int().describe("To the provider, repeats included"),
  masked: z.int().describe("Places where personal data was masked before it left"),
  error: z.string().nullable(),
  error_code: z.string().nullable(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type RunView = z.output<typeof RunView>;

const AppRef = z.object({ app: IdOrKey.describe("Id or key of the app") });

const InputObject = z.record(z.string(), AnyJson);
export const RunBody = z.strictObject({
  input: InputObject.describe("By the decision type's input schema; the prompt is filled from it"),
  prompt: IdOrKey.optional().describe("Id or key of the prompt, where the app has several"),
  external_id: Submission.shape.external_id,
  subject: Submission.shape.subject,
  context: Submission.shape.context,
  expires_at: Submission.shape.expires_at,
  metadata: Submission.shape.metadata,
});
export type RunBody = z.output<typeof RunBody>;

/** What the model did for a decision, summed over its runs. */
export const RunSummary = z.object({
  runs: z.array(z.string()),
  status: z.enum(["succeeded", "failed", "interrupted"]),
  error: z.string().nullable().describe("Why there is no answer; a person decides then"),
  confidences: Confidences,
  input_tokens: z.int(),
  output_tokens: z.int(),
  cost_micros: z.number().nullable(),
  latency_ms: z.number().nullable(),
});
export type RunSummary = z.output<typeof RunSummary>;
export const DecisionWithRun = DecisionView.extend({ run: RunSummary });
export type DecisionWithRun = z.output<typeof DecisionWithRun>;

export const RunsFilter = z.object({
  purpose: z.enum(runPurposes).optional(),
  status: z.enum(runStatuses).optional(),
  prompt_version: z.string().max(64).optional().describe("Id of a prompt version"),
  decision: z.string().max(64).optional(),
});
export const ListRuns = AppRef.extend(ListQuery.shape).extend(RunsFilter.shape);
export type ListRuns = z.output<typeof ListRuns>;

const TryBody = z.strictObject({
  input: InputObject,
  versions: z
    .array(z.string().max(64))
    .min(1)
    .max(4)
    .describe("Ids of prompt versions of the app, asked side by side"),
});
export const TryPrompts = AppRef.extend(TryBody.shape);
export type TryPrompts = z.output<typeof TryPrompts>;
export const Trial = z.object({
  object: z.literal("trial"),
  version: z.string(),
  name: z.string(),
  currency: z.string(),
  answer: z
    .object({
      predicted: z.enum(["positive", "negative"]),
      arguments: z.record(z.string(), AnyJson),
      rationale: z.string(),
      confidence: z.number().nullable(),
      confidences: Confidences,
      cost_micros: z.number().nullable(),
      latency_ms: z.number(),
      input_tokens: z.int(),
      output_tokens: z.int(),
      runs: z.array(z.string()),
    })
    .nullable(),
  error: z.string().nullable(),
});
export const Trials = z.object({ object: z.literal("trials"), data: z.array(Trial) });
export type Trials = z.output<typeof Trials>;

const shared = { tag: "Runs", security: "key", status: 200 } as const;

export const makeRunEndpoint = endpoint({
  ...shared,
  id: "makeRun",
  method: "POST",
  path: "/api/v1/apps/{app}/runs",
  summary: "Make a decision from an input",
  description:
    "The app's active prompt is asked, its answer is submitted and routed as any decision is. A model that gives no usable answer is no silence: the decision goes to a person, without a confidence, and says why. Repeating the request with the same key answers with the same decision; the model is asked once.",
  scope: "decisions:write",
  headers: [
    {
      name: "Idempotency-Key",
      description: "1 to 255 printable ASCII characters. Required in live mode unless external_id is given.",
    },
  ],
  params: AppRef,
  body: RunBody,
  response: DecisionWithRun,
  status: 201,
  problems: {
    404: "not_found",
    409: "no_active_prompt",
    422: "The input does not fit, or the key was used with another body",
    503: "run_under_way, model_failed",
  },
});
export const listRunsEndpoint = endpoint({
  ...shared,
  id: "listRuns",
  method: "GET",
  path: "/api/v1/apps/{app}/runs",
  summary: "List an app's runs",
  params: AppRef,
  query: ListQuery.extend(RunsFilter.shape),
  response: listOf(RunView),
  problems: { 404: "not_found" },
});
export const tryPromptsEndpoint = endpoint({
  ...shared,
  id: "tryPrompts",
  method: "POST",
  path: "/api/v1/apps/{app}/playground",
  summary: "Ask prompt versions side by side",
  description: "Costs what the models cost, is recorded in runs, and decides nothing.",
  params: AppRef,
  body: TryBody,
  response: Trials,
  problems: { 404: "not_found", 422: "validation_failed" },
});

export const runEndpoints = [makeRunEndpoint, listRunsEndpoint, tryPromptsEndpoint];
