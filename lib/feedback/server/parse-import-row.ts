import type { z } from "zod";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { parseWith } from "@/lib/server/parse";
import { parseJson } from "@/lib/server/read-json";
import { FeedbackRow, OutcomeRow } from "../import-rows";
import { rowOfCells } from "../import-columns";
import { headingOf } from "../import-columns";
import type { ImportFormat, ImportKind } from "../imports";
import { CsvRecords, JsonLines, longestRecord, type Line } from "../read-lines";
import { sourceOf, sourcesOf } from "../source";

/** A row as it is kept: what it says, or why it says nothing that could be recorded. */
export type ReadRow = { line: number; payload: JsonObject; problem: string | null };

export type RowReader = { push: (text: string) => ReadRow[]; end: () => ReadRow[] };

const limits = { bytes: longestRecord, depth: 32, nodes: 20_000 };

/** Reads a file's rows as its text comes. Throws `import_not_readable` for columns nobody knows. */
export function rowReader(ctx: Context, kind: ImportKind, format: ImportFormat): RowReader {
  const keep = (line: number, value: () => JsonValue) => keepRow(ctx, kind, line, value);
  if (format === "jsonl") {
    const lines = new JsonLines();
    const rows = (read: Line<string>[]) =>
      read.map(({ line, value }) => keep(line, () => parseJson(value, limits)));
    return { push: (text) => rows(lines.push(text)), end: () => rows(lines.end()) };
  }
  const records = new CsvRecords();
  let heading: Extract<ReturnType<typeof headingOf>, { columns: unknown }> | undefined;
  const rows = (read: Line<string[]>[]) =>
    read.flatMap(({ line, value: cells }) => {
      if (heading) {
        const { columns } = heading;
        return keep(line, () => keepable(rowOfCells(columns, cells)));
      }
      const found = headingOf(kind, cells);
      if ("problem" in found) throw unreadable(found.problem);
      heading = found;
      return [];
    });
  return { push: (text) => rows(records.push(text)), end: () => rows(records.end()) };
}

export function unreadable(sentence: string): DomainError {
  return new DomainError("malformed", sentence, { code: "import_not_readable" });
}

// Cells are held to the same rules as JSON: what cannot be stored and given back is not taken.
function keepable(built: ReturnType<typeof rowOfCells>): JsonValue {
  if ("problem" in built) throw new DomainError("invalid", built.problem);
  return parseJson(JSON.stringify(built.value), limits);
}

const contracts = { feedback: FeedbackRow, outcomes: OutcomeRow } as const satisfies Record<
  ImportKind,
  z.ZodType
>;

function keepRow(ctx: Context, kind: ImportKind, line: number, read: () => JsonValue): ReadRow {
  let value: JsonValue = {};
  try {
    value = read();
    const payload = JSON.parse(JSON.stringify(parseWith(contracts[kind], value))) as JsonObject;
    if (kind === "feedback") payload["source"] = requireSource(ctx, payload["source"]);
    return { line, payload, problem: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { line, payload: { about: aboutOf(value) }, problem: sentenceOf(error) };
  }
}

function requireSource(ctx: Context, named: JsonValue | undefined): string {
  const source = sourceOf(ctx.actor, (named ?? "customer") as FeedbackRow["source"]);
  if (source) return source;
  throw new DomainError("invalid", `/source: you may speak for ${sourcesOf(ctx.actor).join(", ")}`);
}

/** What is wrong with a row, each thing with its pointer and its fix. */
export function sentenceOf({ message, errors }: Pick<DomainError, "message" | "errors">): string {
  if (errors.length === 0) return message.slice(0, 1000);
  const words = errors.map((one) => [`${one.pointer}: ${one.message}`, one.fix].filter(Boolean).join(". "));
  return words.join("; ").slice(0, 1000);
}

// What a row that is wrong was about, if it says so at all: the report names it.
function aboutOf(value: JsonValue): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  const { decision_id, external_id, subject } = value;
  const name = decision_id ?? external_id ?? subject;
  return (typeof name === "string" ? name : JSON.stringify(name ?? "")).slice(0, 300);
}
