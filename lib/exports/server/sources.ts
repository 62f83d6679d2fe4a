import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { byteOrderMark, csvLine } from "@/lib/kernel/csv";
import { exportFilterOf } from "../filters";
import type { ExportFormat, ExportKind } from "../schema";
import { auditSource } from "./audit-source";
import { decisionSource } from "./decision-source";
import { executionSource } from "./execution-source";
import { reviewSource } from "./review-source";
import type { Source } from "./source";

type Wanted = { filter: JsonObject; until: string };
export type Text = { text: string; rows: number; next: string | null };

/** A list as text, whatever its rows are. */
export type TextSource = {
  /** What stands before the first row. */
  head: (format: ExportFormat) => string;
  count: (ctx: Context, wanted: Wanted) => Promise<number | null>;
  read: (
    ctx: Context,
    format: ExportFormat,
    slice: Wanted & { after: string | null; limit: number },
  ) => Promise<Text>;
};

export const textSources: Record<ExportKind, TextSource> = {
  decisions: asText("decisions", decisionSource),
  reviews: asText("reviews", reviewSource),
  audits: asText("audits", auditSource),
  executions: asText("executions", executionSource),
};

function asText<K extends ExportKind, Row extends { id: string }>(
  kind: K,
  source: Source<K, Row>,
): TextSource {
  const { columns } = source;
  const lineOf: Record<ExportFormat, (row: Row) => string> = {
    csv: (row) => csvLine(columns.map(([, of]) => of(row))),
    jsonl: (row) => `${JSON.stringify(row)}\n`,
  };
  return {
    head: (format) => (format === "csv" ? `${byteOrderMark}${csvLine(columns.map(([name]) => name))}` : ""),
    count: (ctx, { filter, until }) => source.count(ctx, { filter: exportFilterOf(kind, filter), until }),
    read: async (ctx, format, { filter, ...slice }) => {
      const { rows, next } = await source.read(ctx, { ...slice, filter: exportFilterOf(kind, filter) });
      return { text: rows.map(lineOf[format]).join(""), rows: rows.length, next };
    },
  };
}
