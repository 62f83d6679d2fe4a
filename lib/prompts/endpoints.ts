import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import { PromptSettings } from "./settings";
import { promptStatuses } from "./vocabulary";

const IdOrKey = z.string().min(1).max(100);
const Key = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/, "lower-case words joined by hyphens, such as refund-judge");
const Name = z.string().trim().min(1, "Give it a name").max(100);

export const PromptMessage = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().min(1, "A message says something").max(50_000),
});

export const PromptVersionView = z.object({
  id: z.string(),
  object: z.literal("prompt_version"),
  name: z.string().describe("key@version, as its decisions name it"),
  version: z.int(),
  status: z.enum(promptStatuses),
  model: z.object({ id: z.string(), key: z.string(), name: z.string(), model: z.string() }),
  messages: z.array(PromptMessage),
  settings: PromptSettings,
  note: z.string(),
  created_by: z.string(),
  created_at: z.string(),
  activated_by: z.string().nullable(),
  activated_at: z.string().nullable(),
});
export type PromptVersionView = z.output<typeof PromptVersionView>;

export const PromptView = z.object({
  id: z.string(),
  object: z.literal("prompt"),
  app_id: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  active: z.int().nullable(),
  shadow: z.int().nullable(),
  versions: z.array(PromptVersionView).describe("Newest first, at most 200"),
  archived: z.boolean(),
  created_at: z.string(),
});
export type PromptView = z.output<typeof PromptView>;

const AppRef = z.object({ app: IdOrKey.describe("Id or key of the app") });
const ListQuery = z.object({
  archived: z.stringbool().default(false).describe("Those that are archived as well"),
});
export type ListPrompts = z.output<typeof AppRef> & Partial<z.output<typeof ListQuery>>;
export const PromptRef = AppRef.extend({ prompt: IdOrKey.describe("Id or key of the prompt") });
export const VersionRef = PromptRef.extend({ version: z.coerce.number().int().min(1) });

const Draft = z.strictObject({
  model: IdOrKey.describe("Id or key of the model"),
  messages: z
    .array(PromptMessage)
    .min(1)
    .max(20)
    .describe("{{input}} and {{/pointer}} are filled from the input"),
  settings: PromptSettings.default(() => PromptSettings.parse({})),
  note: z.string().trim().max(1000).default(""),
});

const CreateBody = z.strictObject({ key: Key, name: Name, type: IdOrKey, ...Draft.shape });
export const CreatePrompt = AppRef.extend(CreateBody.shape);
export type CreatePrompt = z.output<typeof CreatePrompt>;
export const SaveVersion = PromptRef.extend(Draft.shape);
export type SaveVersion = z.output<typeof SaveVersion>;
export const UpdateDraft = VersionRef.extend(Draft.shape);
export type UpdateDraft = z.output<typeof UpdateDraft>;
const StepBody = z.strictObject({
  to: z.enum(["shadow", "active", "retired"]),
  note: z.string().trim().max(1000).default("").describe("Why; it is kept in the journal"),
  despite_gate: z
    .boolean()
    .optional()
    .describe("Activate it though its last experiment failed its gate; the note says why"),
});
export const MoveVersion = VersionRef.extend(StepBody.shape);
export type MoveVersion = z.output<typeof MoveVersion>;
const FitBody = z.strictObject({ note: z.string().trim().max(1000).default("") });
export const FitVersion = VersionRef.extend(FitBody.shape);
export type FitVersion = z.output<typeof FitVersion>;

export const ShadowDifference = z.object({
  object: z.literal("shadow_answer"),
  decision: z.string(),
  status: z.string(),
  active: z.object({ predicted: z.string(), confidence: z.number().nullable() }),
  shadow: z
    .object({ predicted: z.string(), confidence: z.number().nullable(), run: z.string().nullable() })
    .nullable(),
  same_arguments: z.boolean().nullable(),
  truth: z.string().nullable(),
  error: z.string().nullable(),
  created_at: z.string(),
});
export const ShadowComparison = z.object({
  object: z.literal("shadow_comparison"),
  version: z.int(),
  answered: z.int(),
  waiting: z.int(),
  failed: z.int(),
  agree: z.int().describe("The same way with the same arguments"),
  other_way: z.int(),
  other_arguments: z.int(),
  data: z.array(ShadowDifference).describe("The newest that differ or failed, at most 100"),
});
export type ShadowComparison = z.output<typeof ShadowComparison>;

const shared = { tag: "Prompts", security: "key", status: 200 } as const;
const path = "/api/v1/apps/{app}/prompts";

export const listPromptsEndpoint = endpoint({
  ...shared,
  id: "listPrompts",
  method: "GET",
  path,
  summary: "List an app's prompts with their versions",
  params: AppRef,
  query: ListQuery,
  response: listOf(PromptView),
  problems: { 404: "not_found" },
});
export const createPromptEndpoint = endpoint({
  ...shared,
  id: "createPrompt",
  method: "POST",
  path,
  summary: "Create a prompt with its first draft",
  params: AppRef,
  body: CreateBody,
  response: PromptView,
  status: 201,
  problems: { 404: "not_found", 409: "key_taken", 422: "validation_failed" },
});
export const getPromptEndpoint = endpoint({
  ...shared,
  id: "getPrompt",
  method: "GET",
  path: `${path}/{prompt}`,
  summary: "Get a prompt with its versions",
  params: PromptRef,
  response: PromptView,
  problems: { 404: "not_found" },
});
export const archivePromptEndpoint = endpoint({
  ...shared,
  id: "archivePrompt",
  method: "POST",
  path: `${path}/{prompt}/archive`,
  summary: "Archive a prompt",
  description: "None of its versions is run, tried or changed any more; what they decided stays.",
  params: PromptRef,
  response: PromptView,
  problems: { 404: "not_found", 409: "prompt_in_force" },
});
export const restorePromptEndpoint = endpoint({
  ...shared,
  id: "restorePrompt",
  method: "POST",
  path: `${path}/{prompt}/restore`,
  summary: "Bring an archived prompt back",
  description: "By its id. Nothing of it is in force: activate a version.",
  params: PromptRef,
  response: PromptView,
  problems: { 404: "not_found", 409: "key_taken" },
});
export const saveVersionEndpoint = endpoint({
  ...shared,
  id: "createPromptVersion",
  method: "POST",
  path: `${path}/{prompt}/versions`,
  summary: "Draft a new version",
  params: PromptRef,
  body: Draft,
  response: PromptVersionView,
  status: 201,
  problems: { 404: "not_found", 409: "prompt_archived", 422: "validation_failed" },
});
export const updateDraftEndpoint = endpoint({
  ...shared,
  id: "updatePromptVersion",
  method: "PUT",
  path: `${path}/{prompt}/versions/{version}`,
  summary: "Rewrite a draft",
  params: VersionRef,
  body: Draft,
  response: PromptVersionView,
  problems: { 404: "not_found", 409: "prompt_not_draft, prompt_archived", 422: "validation_failed" },
});
export const moveVersionEndpoint = endpoint({
  ...shared,
  id: "movePromptVersion",
  method: "POST",
  path: `${path}/{prompt}/versions/{version}/move`,
  summary: "Run a version in shadow, activate it, or retire it",
  description:
    "Activating an older version rolls back to it. Decisions then name another prompt version, so contracts begin a new certification period and nothing runs alone on old evidence. One that was never in force and whose last experiment failed its gate is activated only by `despite_gate`, with a note.",
  params: VersionRef,
  body: StepBody,
  response: PromptView,
  problems: { 404: "not_found", 409: "prompt_step_refused, prompt_archived, gate_failed" },
});
export const fitVersionEndpoint = endpoint({
  ...shared,
  id: "fitPromptConfidence",
  method: "POST",
  path: `${path}/{prompt}/versions/{version}/fit`,
  summary: "Fit a combination of the confidence sources",
  description:
    "On the version's answers whose truth is known, each weighed by one over its propensity. Makes a new draft that uses it.",
  params: VersionRef,
  body: FitBody,
  response: PromptVersionView,
  status: 201,
  problems: { 404: "not_found", 409: "too_few_labels, prompt_archived" },
});
export const shadowComparisonEndpoint = endpoint({
  ...shared,
  id: "getShadowComparison",
  method: "GET",
  path: `${path}/{prompt}/versions/{version}/shadow`,
  summary: "Where a version in shadow answers otherwise than the active one",
  params: VersionRef,
  response: ShadowComparison,
  problems: { 404: "not_found" },
});

export const promptEndpoints = [
  listPromptsEndpoint,
  createPromptEndpoint,
  getPromptEndpoint,
  archivePromptEndpoint,
  restorePromptEndpoint,
  saveVersionEndpoint,
  updateDraftEndpoint,
  moveVersionEndpoint,
  fitVersionEndpoint,
  shadowComparisonEndpoint,
];
