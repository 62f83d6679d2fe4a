import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { fineTuneStatuses } from "./vocabulary";

/** The largest file that is sent to a provider, bytes. */
export const mostUploaded = 100_000_000;

export const FineTuneSettings = z.strictObject({
  epochs: z.int().min(1).max(50).nullable().default(null).describe("Null: as the provider chooses"),
});

export const StartFineTune = z.strictObject({
  export: z.string().min(1).max(64).describe("Finished training files in the format sft or openai_dpo"),
  model: z.string().min(1).max(100).describe("Id or key of the model whose endpoint and key are used"),
  base_model: z.string().trim().min(1).max(200).describe("What the provider calls the model to be tuned"),
  settings: FineTuneSettings.default(() => FineTuneSettings.parse({})),
});
export type StartFineTune = z.output<typeof StartFineTune>;

export const FineTuneView = z.object({
  id: z.string(),
  object: z.literal("fine_tune"),
  app_id: z.string(),
  type: z.string(),
  status: z.enum(fineTuneStatuses),
  model: z.object({ id: z.string(), key: z.string() }),
  base_model: z.string(),
  export: z.string(),
  settings: FineTuneSettings,
  remote_file: z.string().nullable(),
  remote_job: z.string().nullable(),
  remote_status: z.string().nullable().describe("In the provider's words"),
  events: z
    .array(z.object({ at: z.string().nullable(), message: z.string() }))
    .describe("The provider's, newest first"),
  trained_tokens: z.number().nullable(),
  result_model: z.string().nullable().describe("What the provider calls what came of it"),
  result_model_id: z.string().nullable().describe("Its row among the models"),
  result_prompt_version: z.string().nullable().describe("The prompt version in shadow that asks it"),
  error: z.string().nullable(),
  cancel_asked: z.boolean(),
  created_by: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type FineTuneView = z.output<typeof FineTuneView>;

export const FineTuneRef = z.object({ id: z.string().min(1).max(64) });
export type FineTuneRef = z.output<typeof FineTuneRef>;
const ResolveBody = z.strictObject({
  job: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .describe("The provider's id of the job that was started; null: none was, and it is started now"),
});
export const ResolveFineTune = FineTuneRef.extend(ResolveBody.shape);
export type ResolveFineTune = z.output<typeof ResolveFineTune>;
export const FineTuneFilter = ListQuery.omit({ ending_before: true }).extend({
  app: z.string().max(100).optional(),
  type: z.string().max(100).optional(),
});
export type FineTuneFilter = z.output<typeof FineTuneFilter>;

const shared = { tag: "Learning", security: "key", status: 200 } as const;
const path = "/api/v1/fine_tunes";
const one = { ...shared, params: FineTuneRef, response: FineTuneView } as const;

export const startFineTuneEndpoint = endpoint({
  ...shared,
  id: "startFineTune",
  method: "POST",
  path,
  summary: "Fine-tune a model at its provider",
  description:
    "For admins. The training file is sent to the model's endpoint, which speaks OpenAI's API, and a job started there. What comes of it is entered among the models, and asked in shadow where the files were made with a prompt version.",
  body: StartFineTune,
  response: FineTuneView,
  status: 202,
  problems: { 404: "not_found", 409: "export_not_finished", 422: "validation_failed" },
});
export const listFineTunesEndpoint = endpoint({
  ...shared,
  id: "listFineTunes",
  method: "GET",
  path,
  summary: "List fine-tuning jobs",
  query: FineTuneFilter,
  response: listOf(FineTuneView),
});
export const getFineTuneEndpoint = endpoint({
  ...one,
  id: "getFineTune",
  method: "GET",
  path: `${path}/{id}`,
  summary: "Get a fine-tuning job with the provider's events",
  problems: { 404: "not_found" },
});
export const cancelFineTuneEndpoint = endpoint({
  ...one,
  id: "cancelFineTune",
  method: "POST",
  path: `${path}/{id}/cancel`,
  summary: "Cancel a fine-tuning job",
  problems: { 404: "not_found", 409: "It is over" },
});
export const resolveFineTuneEndpoint = endpoint({
  ...one,
  id: "resolveFineTune",
  method: "POST",
  path: `${path}/{id}/resolve`,
  summary: "Say whether a job was started",
  description:
    "For one whose start was never answered, and of which the provider lists no job: look there first.",
  body: ResolveBody,
  problems: { 404: "not_found", 409: "It is not unknown" },
});

export const fineTuneEndpoints = [
  startFineTuneEndpoint,
  listFineTunesEndpoint,
  getFineTuneEndpoint,
  cancelFineTuneEndpoint,
  resolveFineTuneEndpoint,
] as const;
