import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { modelApis, modelProviders } from "./vocabulary";

const Key = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*$/, "lower-case words joined by hyphens, such as gpt-small");
const Name = z.string().trim().min(1, "Give it a name").max(100);
const Price = z
  .int("a whole number of millionths")
  .min(0)
  .max(1_000_000_000_000)
  .nullable()
  .describe("Millionths of the currency for a million tokens; null: not known, so no cost is claimed");
const BaseUrl = z
  .url({ protocol: /^https?$/, error: "an address that begins with https://" })
  .max(500)
  .nullable()
  .describe("Where an OpenAI-compatible endpoint answers, up to and with /v1; null: OpenAI itself");
const Secret = z.string().min(1).max(2000).nullable();

export const ModelView = z.object({
  id: z.string(),
  object: z.literal("model"),
  key: z.string(),
  name: z.string(),
  provider: z.enum(modelProviders),
  api: z.enum(modelApis),
  model: z.string().describe("What the provider calls it; of a local one, the id of what was trained"),
  base_url: z.string().nullable(),
  has_secret: z.boolean().describe("The key itself is never returned"),
  may_see_personal_data: z.boolean().describe("False: personal data is masked in all that is sent to it"),
  gives_token_probabilities: z.boolean(),
  input_price_micros: z.number().nullable(),
  output_price_micros: z.number().nullable(),
  currency: z.string(),
  timeout_ms: z.int().describe("For a whole question, repeats included"),
  max_retries: z.int(),
  archived: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ModelView = z.output<typeof ModelView>;

/** A model trained here, as it is offered to be chosen. */
export type TrainedModel = { id: string; app: string; version: number; status: string };

const shape = {
  name: Name,
  api: z
    .enum(modelApis)
    .default("chat")
    .describe("chat: chat completions, which most compatible servers speak"),
  model: z.string().trim().min(1, "Say what the provider calls it").max(200),
  base_url: BaseUrl.default(null),
  secret: Secret.default(null).describe("The API key; sealed, never returned"),
  may_see_personal_data: z.boolean().default(false),
  gives_token_probabilities: z.boolean().default(false),
  input_price_micros: Price.default(null),
  output_price_micros: Price.default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "three capitals, such as USD")
    .default("USD"),
  timeout_ms: z.int().min(100).max(600_000).default(30_000),
  max_retries: z.int().min(0).max(5).default(2),
};

export const CreateModel = z.strictObject({ key: Key, provider: z.enum(modelProviders), ...shape });
export type CreateModel = z.output<typeof CreateModel>;

const ModelPatch = z.strictObject({
  name: Name.optional(),
  api: z.enum(modelApis).optional(),
  model: shape.model.optional(),
  base_url: BaseUrl.optional(),
  secret: Secret.optional().describe("A new API key, or null for none; left out: as it is"),
  may_see_personal_data: z.boolean().optional(),
  gives_token_probabilities: z.boolean().optional(),
  input_price_micros: Price.optional(),
  output_price_micros: Price.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "three capitals, such as USD")
    .optional(),
  timeout_ms: z.int().min(100).max(600_000).optional(),
  max_retries: z.int().min(0).max(5).optional(),
  archived: z.boolean().optional(),
});
export const ModelRef = z.object({ model_id: z.string().min(1).max(100).describe("Id or key of the model") });
export const UpdateModel = ModelRef.extend(ModelPatch.shape);
export type UpdateModel = z.output<typeof UpdateModel>;

export const ModelTest = z.object({
  object: z.literal("model_test"),
  ok: z.boolean(),
  run: z.string().nullable(),
  latency_ms: z.number().nullable(),
  input_tokens: z.int().nullable(),
  output_tokens: z.int().nullable(),
  cost_micros: z.number().nullable(),
  token_probability: z.number().nullable(),
  error: z.string().nullable().describe("Why it gave no usable answer"),
});
export type ModelTest = z.output<typeof ModelTest>;

const shared = { tag: "Models", security: "key", status: 200 } as const;
const one = { ...shared, params: ModelRef, response: ModelView } as const;

export const listModelsEndpoint = endpoint({
  ...shared,
  id: "listModels",
  method: "GET",
  path: "/api/v1/models",
  summary: "List models",
  query: ListQuery,
  response: listOf(ModelView),
});
export const createModelEndpoint = endpoint({
  ...shared,
  id: "createModel",
  method: "POST",
  path: "/api/v1/models",
  summary: "Add a model",
  description: "Admins only. The key is sealed at once and never returned.",
  body: CreateModel,
  response: ModelView,
  status: 201,
  problems: { 409: "key_taken", 422: "validation_failed" },
});
export const getModelEndpoint = endpoint({
  ...one,
  id: "getModel",
  method: "GET",
  path: "/api/v1/models/{model_id}",
  summary: "Get a model",
  problems: { 404: "not_found" },
});
export const updateModelEndpoint = endpoint({
  ...one,
  id: "updateModel",
  method: "PATCH",
  path: "/api/v1/models/{model_id}",
  summary: "Change a model",
  description:
    "What the provider calls it, and where it answers, cannot change while a prompt version that left the draft uses it: add another model.",
  body: ModelPatch,
  problems: { 404: "not_found", 409: "model_in_use", 422: "validation_failed" },
});
export const testModelEndpoint = endpoint({
  ...shared,
  id: "testModel",
  method: "POST",
  path: "/api/v1/models/{model_id}/test",
  summary: "Ask a model one small question",
  description:
    "Costs a few tokens and decides nothing. A model that does not answer is an answer too: `ok` is false.",
  params: ModelRef,
  response: ModelTest,
  problems: { 404: "not_found" },
});

export const modelEndpoints = [
  listModelsEndpoint,
  createModelEndpoint,
  getModelEndpoint,
  updateModelEndpoint,
  testModelEndpoint,
];
