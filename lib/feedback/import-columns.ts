import type { ImportKind } from "./imports";

type Column = { at: readonly string[]; read: "text" | "number" | "boolean" | "json" };

const text = (...at: string[]): Column => ({ at, read: "text" });
const refColumns: Record<string, Column> = {
  decision_id: text("decision_id"),
  external_id: text("external_id"),
  app: text("app"),
  subject_type: text("subject", "type"),
  subject_id: text("subject", "id"),
  from: text("window", "from"),
  to: text("window", "to"),
};

/** The columns of a CSV file of each kind, and where each one's cells go in a row. */
export const importColumns: Record<ImportKind, Record<string, Column>> = {
  feedback: {
    ...refColumns,
    key: text("key"),
    source: text("source"),
    vote: text("vote"),
    score: { at: ["score"], read: "number" },
    text: text("text"),
    cause: text("cause"),
    correction: { at: ["correction"], read: "json" },
    evidence: { at: ["evidence"], read: "json" },
  },
  outcomes: {
    ...refColumns,
    truth: text("truth"),
    correct: { at: ["correct"], read: "boolean" },
    detail: text("detail"),
    occurred_at: text("occurred_at"),
  },
};

export type Heading = { columns: Column[] } | { problem: string };

/** The columns that a CSV file's first line names; case and blanks around and between words do not matter. */
export function headingOf(kind: ImportKind, cells: readonly string[]): Heading {
  const known = importColumns[kind];
  const names = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, "_"),
  );
  const unknown = names.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) {
    const which = unknown.map((name) => `“${name.slice(0, 60)}”`).join(", ");
    return { problem: `There is no column ${which}. Known are ${Object.keys(known).join(", ")}.` };
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { problem: `The column “${twice}” stands there twice.` };
  return { columns: names.flatMap((name) => known[name] ?? []) };
}

type Json = string | number | boolean | object | null;
type Built = { value: Record<string, Json> } | { problem: string };

const booleans: Record<string, boolean> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  "1": true,
  "0": false,
};

/** The row that cells say under these columns. Empty cells say nothing. */
export function rowOfCells(columns: readonly Column[], cells: readonly string[]): Built {
  if (cells.length > columns.length) {
    return {
      problem: `${cells.length} cells stand under ${columns.length} columns: quote cells with commas`,
    };
  }
  const value: Record<string, Json> = {};
  for (const [index, { at, read }] of columns.entries()) {
    const cell = cells[index] ?? "";
    if (cell.trim() === "") continue;
    const said = readCell(cell, read);
    if (said === undefined)
      return { problem: `${at.join("_")}: “${cell.slice(0, 60)}” is not ${article[read]}` };
    put(value, at, said);
  }
  return { value };
}

const article = { text: "text", number: "a number", boolean: "true or false", json: "JSON" } as const;

function readCell(cell: string, read: Column["read"]): Json | undefined {
  switch (read) {
    case "text":
      return cell;
    case "number":
      return /^\s*-?\d+(\.\d+)?\s*$/.test(cell) ? Number(cell) : undefined;
    case "boolean": {
      const word = cell.trim().toLowerCase();
      return Object.hasOwn(booleans, word) ? booleans[word] : undefined;
    }
    case "json":
      try {
        return JSON.parse(cell) as Json;
      } catch {
        return undefined;
      }
  }
}

function put(value: Record<string, Json>, [key = "", inner]: readonly string[], said: Json): void {
  if (inner === undefined) value[key] = said;
  else value[key] = { ...(value[key] as object | undefined), [inner]: said };
}
