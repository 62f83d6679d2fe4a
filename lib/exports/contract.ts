import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { exportFormats, exportKinds, exportStatuses } from "./schema";

/** The most rows one export holds. */
export const mostRows = 1_000_000;
/** Exports of one person that may be under way at once. */
export const mostAtOnce = 3;
/** How long a file is kept. */
export const keptDays = 7;

export const ExportView = z.object({
  id: z.string(),
  object: z.literal("export"),
  kind: z.enum(exportKinds),
  format: z.enum(exportFormats),
  filter: z.record(z.string(), AnyJson),
  status: z.enum(exportStatuses),
  rows: z.int().describe("Written so far"),
  total: z.int().nullable().describe("Rows that fitted when it began; null where they are not counted"),
  size: z.int().describe("Bytes written so far"),
  error: z.string().nullable(),
  download: z.string().nullable().describe("Where the file is, once it is whole"),
  created_at: z.string(),
  finished_at: z.string().nullable(),
  expires_at: z.string().nullable(),
});
export type ExportView = z.output<typeof ExportView>;

export const CreateExport = z.strictObject({
  kind: z.enum(exportKinds).describe("The list that is taken out"),
  format: z
    .enum(exportFormats)
    .describe("csv: RFC 4180 in UTF-8 with a byte order mark; jsonl: one object of the list's API a line"),
  filter: z
    .record(z.string().max(60), AnyJson)
    .default({})
    .describe("The list's own filter, as its address spells it; none: all of it"),
});
export type CreateExport = z.output<typeof CreateExport>;

export const ExportRef = z.object({ id: z.string().min(1).max(64) });

const shared = { tag: "Exports", security: "key", status: 200 } as const;
const one = { ...shared, params: ExportRef, response: ExportView } as const;

export const createExportEndpoint = endpoint({
  ...shared,
  id: "createExport",
  method: "POST",
  path: "/api/v1/exports",
  summary: "Take a list out into a file",
  description:
    "For people: a personal access token or a session. A worker writes what the list would show its caller, up to a million rows; follow it at Location. In CSV, text that a spreadsheet would run as a formula stands behind an apostrophe.",
  body: CreateExport,
  response: ExportView,
  status: 202,
  problems: { 422: "A part of the filter is not understood", 429: "too_many_exports" },
});
export const listExportsEndpoint = endpoint({
  ...shared,
  id: "listExports",
  method: "GET",
  path: "/api/v1/exports",
  summary: "List your exports",
  query: ListQuery.omit({ ending_before: true }),
  response: listOf(ExportView),
});
export const getExportEndpoint = endpoint({
  ...one,
  id: "getExport",
  method: "GET",
  path: "/api/v1/exports/{id}",
  summary: "Get one of your exports with its progress",
  problems: { 404: "not_found" },
});
export const cancelExportEndpoint = endpoint({
  ...one,
  id: "cancelExport",
  method: "POST",
  path: "/api/v1/exports/{id}/cancel",
  summary: "Cancel an export",
  description: "What was written is thrown away. Cancelling again changes nothing.",
  problems: { 404: "not_found", 409: "It is finished" },
});
export const downloadExportEndpoint = endpoint({
  ...one,
  id: "downloadExport",
  method: "GET",
  path: "/api/v1/exports/{id}/download",
  summary: "Download an export",
  description: `The file, streamed, for ${keptDays} days after it was finished; to the person who asked for it.`,
  response: z.string().describe("The file"),
  responseTypes: ["text/csv", "application/x-ndjson"],
  problems: { 404: "not_found", 409: "It is not finished", 410: "It was kept for seven days" },
});

export const exportEndpoints = [
  createExportEndpoint,
  listExportsEndpoint,
  getExportEndpoint,
  cancelExportEndpoint,
  downloadExportEndpoint,
] as const;
