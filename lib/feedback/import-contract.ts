import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { importFormats, importKinds, importRowStatuses, importStatuses } from "./imports";

const moment = z.iso.datetime({ offset: true });

export const StartImport = z.strictObject({
  kind: z.enum(importKinds).describe("What the rows are"),
  app: z
    .string()
    .max(100)
    .optional()
    .describe("Key or id of the app that every row is about; an app's key already says it"),
  name: z.string().trim().min(1).max(200).optional().describe("What people call it: the file's name"),
  wait_until: moment
    .optional()
    .describe("Rows that match no decision yet are looked for again until then; without it they are not"),
});
export type StartImport = z.output<typeof StartImport>;

export const ImportView = z.object({
  id: z.string(),
  object: z.literal("feedback_import"),
  kind: z.enum(importKinds),
  format: z.enum(importFormats),
  name: z.string(),
  app_id: z.string().nullable(),
  status: z
    .enum(importStatuses)
    .describe("waiting: some rows match no decision yet, and are looked for until wait_until"),
  rows: z.int().describe("Rows received"),
  size: z.int().describe("Bytes received"),
  counts: z
    .object({
      pending: z.int(),
      recorded: z.int(),
      repeated: z.int(),
      unmatched: z.int(),
      ambiguous: z.int(),
      invalid: z.int(),
    })
    .describe("What became of the rows so far"),
  wait_until: z.string().nullable(),
  error: z.string().nullable(),
  by: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type ImportView = z.output<typeof ImportView>;

export const ImportRowView = z.object({
  line: z.int().describe("The line of the file that the row begins on"),
  status: z.enum(importRowStatuses),
  about: z.string().describe("What the row named: an id, or a subject"),
  decision_id: z.string().nullable(),
  problem: z.string().nullable(),
});
export type ImportRowView = z.output<typeof ImportRowView>;

export const ImportRef = z.object({ id: z.string().min(1).max(64) });
export const ImportRowsQuery = z.object({
  status: z.enum(importRowStatuses).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  starting_after: z.coerce.number().int().min(0).optional().describe("The last line of the page before"),
});
export type ImportRowsQuery = z.output<typeof ImportRowsQuery>;

const about = { tag: "Feedback", security: "key", scope: "feedback:write", status: 200 } as const;
const one = { ...about, params: ImportRef } as const;
const unknown = "There is no such import";

export const startImportEndpoint = endpoint({
  ...about,
  id: "startFeedbackImport",
  method: "POST",
  path: "/api/v1/feedback_imports",
  summary: "Take in a file of feedback or outcomes",
  description:
    "Send the file itself as the body, CSV with a first line of column names or JSONL: up to 50 MB and 100,000 rows, read as it comes. A row names its decision by decision_id, external_id or a subject (subject_type, subject_id, from, to); of several that it could mean none is taken. A worker records the rows; follow it at Location. The same file again changes nothing.",
  query: StartImport,
  requestTypes: ["text/csv", "application/x-ndjson"],
  body: z.string().describe("The file"),
  response: ImportView,
  status: 202,
  problems: {
    400: "import_not_readable: not UTF-8, a quote that is never closed, or unknown columns",
    413: "The file is over 50 MB or 100,000 rows",
    415: "Neither CSV nor JSONL",
    422: "A part of the address is wrong",
  },
});

export const listImportsEndpoint = endpoint({
  ...about,
  id: "listFeedbackImports",
  method: "GET",
  path: "/api/v1/feedback_imports",
  summary: "List imports, newest first",
  query: ListQuery.omit({ ending_before: true }),
  response: listOf(ImportView),
});

export const getImportEndpoint = endpoint({
  ...one,
  id: "getFeedbackImport",
  method: "GET",
  path: "/api/v1/feedback_imports/{id}",
  summary: "Get an import with its progress",
  response: ImportView,
  problems: { 404: unknown },
});

export const cancelImportEndpoint = endpoint({
  ...one,
  id: "cancelFeedbackImport",
  method: "POST",
  path: "/api/v1/feedback_imports/{id}/cancel",
  summary: "Stop an import",
  description: "What it has recorded stays; nothing more is looked for. Stopping again changes nothing.",
  response: ImportView,
  problems: { 404: unknown, 409: "import_finished" },
});

export const listImportRowsEndpoint = endpoint({
  ...one,
  id: "listFeedbackImportRows",
  method: "GET",
  path: "/api/v1/feedback_imports/{id}/rows",
  summary: "List what became of the rows, in the file's order",
  query: ImportRowsQuery,
  response: listOf(ImportRowView),
  problems: { 404: unknown },
});

export const importReportEndpoint = endpoint({
  ...one,
  id: "downloadFeedbackImportReport",
  method: "GET",
  path: "/api/v1/feedback_imports/{id}/report",
  summary: "Download what became of every row",
  description:
    "CSV, a line for each row of the file. Text that a spreadsheet would run as a formula stands behind an apostrophe.",
  response: z.string().describe("The file"),
  responseTypes: ["text/csv"],
  problems: { 404: unknown },
});

export const importEndpoints = [
  startImportEndpoint,
  listImportsEndpoint,
  getImportEndpoint,
  cancelImportEndpoint,
  listImportRowsEndpoint,
  importReportEndpoint,
] as const;
