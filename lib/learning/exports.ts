import { z } from "zod";
import { exportStatuses } from "@/lib/exports/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { learningFormats } from "./vocabulary";

/** The most decisions one export looks at: all of them stand in memory while groups are told apart. */
export const mostLessons = 50_000;
/** How long the files are kept. */
export const keptDays = 7;

export const learningFiles = ["train", "test"] as const;
export type LearningFile = (typeof learningFiles)[number];

const Moment = z.iso.datetime({ offset: true });
const LearningFilter = z.strictObject({
  from: Moment.optional().describe("Decisions that came in from then on"),
  to: Moment.optional().describe("And before then"),
  prompt_version: z
    .string()
    .max(64)
    .optional()
    .describe(
      "Id of the prompt version whose wording the messages take, which ends with the user's message; left out: a plain one",
    ),
  test_share: z.number().min(0).max(0.5).default(0.1).describe("Share of groups kept for tests"),
  redact: z.boolean().default(true).describe("Personal data is masked"),
  licence: z
    .string()
    .trim()
    .max(200)
    .default("Not stated")
    .describe("Under what the files may be used, for the manifest"),
});
export type LearningFilter = z.output<typeof LearningFilter>;

export const CreateLearningExport = z.strictObject({
  app: z.string().min(1).max(100).describe("Key or id"),
  type: z.string().min(1).max(100).describe("Key or id of the decision type"),
  format: z.enum(learningFormats),
  filter: LearningFilter.default(() => LearningFilter.parse({})),
});
export type CreateLearningExport = z.output<typeof CreateLearningExport>;

export const LearningExportView = z.object({
  id: z.string(),
  object: z.literal("learning_export"),
  app_id: z.string(),
  type: z.string(),
  format: z.enum(learningFormats),
  filter: z.record(z.string(), AnyJson),
  status: z.enum(exportStatuses),
  rows: z.int().describe("Decisions gone through so far"),
  total: z.int().nullable(),
  size: z.int(),
  error: z.string().nullable(),
  manifest: z.record(z.string(), AnyJson).nullable().describe("Once it is done"),
  files: z.array(z.object({ name: z.string(), url: z.string() })),
  created_by: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
  expires_at: z.string().nullable(),
});
export type LearningExportView = z.output<typeof LearningExportView>;

export const LearningExportRef = z.object({ id: z.string().min(1).max(64) });
export type LearningExportRef = z.output<typeof LearningExportRef>;
export const LearningFileRef = LearningExportRef.extend({ file: z.enum([...learningFiles, "manifest"]) });
export type LearningFileRef = z.output<typeof LearningFileRef>;
export const LearningExportFilter = ListQuery.omit({ ending_before: true }).extend({
  app: z.string().max(100).optional(),
  type: z.string().max(100).optional(),
});
export type LearningExportFilter = z.output<typeof LearningExportFilter>;

const shared = { tag: "Learning", security: "key", status: 200 } as const;
const path = "/api/v1/learning_exports";
const one = { ...shared, params: LearningExportRef, response: LearningExportView } as const;

export const createLearningExportEndpoint = endpoint({
  ...shared,
  id: "createLearningExport",
  method: "POST",
  path,
  summary: "Write training files of what people ruled on",
  description:
    "For admins. JSON Lines in OpenAI's and TRL's formats, one line a decision with a person's label, its `metadata` with ipw (1/pi), route and blind. TRL leaves that key alone; OpenAI takes none, so a fine-tuning job sends the lines without it. Known answers and blind reviews stand in the test file alone.",
  body: CreateLearningExport,
  response: LearningExportView,
  status: 202,
  problems: { 404: "not_found", 422: "validation_failed", 429: "too_many_exports" },
});
export const listLearningExportsEndpoint = endpoint({
  ...shared,
  id: "listLearningExports",
  method: "GET",
  path,
  summary: "List training files",
  query: LearningExportFilter,
  response: listOf(LearningExportView),
});
export const getLearningExportEndpoint = endpoint({
  ...one,
  id: "getLearningExport",
  method: "GET",
  path: `${path}/{id}`,
  summary: "Get an export of training files with its progress and manifest",
  problems: { 404: "not_found" },
});
export const cancelLearningExportEndpoint = endpoint({
  ...one,
  id: "cancelLearningExport",
  method: "POST",
  path: `${path}/{id}/cancel`,
  summary: "Cancel an export of training files",
  problems: { 404: "not_found", 409: "It is finished" },
});
export const downloadLearningFileEndpoint = endpoint({
  ...shared,
  id: "downloadLearningFile",
  method: "GET",
  path: `${path}/{id}/files/{file}`,
  summary: "Download a training file, the test file or the manifest",
  params: LearningFileRef,
  response: z.string().describe("The file"),
  responseTypes: ["application/x-ndjson", "application/json"],
  problems: { 404: "not_found", 409: "export_not_finished", 410: "gone" },
});

export const learningExportEndpoints = [
  createLearningExportEndpoint,
  listLearningExportsEndpoint,
  getLearningExportEndpoint,
  cancelLearningExportEndpoint,
  downloadLearningFileEndpoint,
] as const;
