import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { ImportItem, mostItems } from "./datasets";

/** What is wrong with a file, and in which line of it. */
export type ItemProblem = { line: number; message: string };
export type ItemsRead = { items: ImportItem[]; problems: ItemProblem[] };

const mostProblems = 20;
/** Columns of a CSV that are not part of the input. */
const own = ["truth", "expected", "subject", "predicted", "confidence"];

/**
 * Items of a file. JSONL: one item a line. CSV with a header: columns `truth`, `expected` (JSON), `subject`, `predicted`
 * and `confidence` are an item's own; `input` is JSON, or every other column is a field of the input.
 */
export function parseItems(text: string, format: "jsonl" | "csv"): ItemsRead {
  return format === "jsonl" ? parseLines(text) : parseTable(text);
}

function parseLines(text: string): ItemsRead {
  const read = reader();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    read.add(index + 1, () => JSON.parse(line) as JsonValue);
  }
  return read.end();
}

function parseTable(text: string): ItemsRead {
  const read = reader();
  const [head, ...rows] = csvRows(text.replace(/^\u{FEFF}/u, ""));
  if (!head) return { items: [], problems: [{ line: 1, message: "is empty" }] };
  const names = head.cells.map((name) => name.trim());
  for (const { line, cells } of rows) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    read.add(line, () => itemOfCells(new Map(names.map((name, index) => [name, cells[index] ?? ""]))));
  }
  return read.end();
}

function reader() {
  const items: ImportItem[] = [];
  const problems: ItemProblem[] = [];
  return {
    add(line: number, parse: () => JsonValue) {
      if (problems.length >= mostProblems) return;
      try {
        const parsed = ImportItem.safeParse(parse());
        if (parsed.success) items.push(parsed.data);
        else problems.push({ line, message: firstIssue(parsed.error.issues[0]) });
      } catch {
        problems.push({ line, message: "is not JSON" });
      }
    },
    end(): ItemsRead {
      if (items.length > mostItems)
        problems.push({
          line: mostItems + 1,
          message: `is one more than the ${mostItems} that a version holds`,
        });
      return { items, problems };
    },
  };
}

function firstIssue(issue: { path: PropertyKey[]; message: string } | undefined): string {
  if (!issue) return "is not understood";
  const where = issue.path.map(String).join(".");
  return where === "" ? issue.message : `${where}: ${issue.message}`;
}

function itemOfCells(cells: ReadonlyMap<string, string>): JsonObject {
  const written = (name: string) => cells.get(name)?.trim() || undefined;
  const input = written("input");
  const item: JsonObject = {
    input: input === undefined ? fieldsOf(cells) : (JSON.parse(input) as JsonValue),
  };
  const [truth, subject, expected, predicted, confidence] = [
    "truth",
    "subject",
    "expected",
    "predicted",
    "confidence",
  ].map(written);
  if (truth) item.truth = truth;
  if (subject) item.subject = subject;
  if (expected) item.expected = JSON.parse(expected) as JsonValue;
  const recorded: JsonObject = {};
  if (predicted) recorded.predicted = predicted;
  if (confidence) recorded.confidence = Number(confidence);
  if (Object.keys(recorded).length > 0) item.recorded = recorded;
  return item;
}

function fieldsOf(cells: ReadonlyMap<string, string>): JsonObject {
  const fields: JsonObject = {};
  for (const [name, cell] of cells) if (!own.includes(name) && name !== "input") fields[name] = valueOf(cell);
  return fields;
}

// A cell that is a number, true, false, a list or an object in JSON is that; everything else is text.
function valueOf(cell: string): JsonValue {
  if (!/^(-?\d|true$|false$|[[{])/.test(cell)) return cell;
  try {
    const value = JSON.parse(cell) as JsonValue;
    return typeof value === "number" && String(value) !== cell ? cell : value;
  } catch {
    return cell;
  }
}

/** Rows of RFC 4180 text with the line that each begins in. */
function csvRows(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let [line, began] = [1, 1];
  const endRow = () => {
    rows.push({ line: began, cells: [...cells, cell] });
    [cells, cell, began] = [[], "", line + 1];
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === '"' && text.charAt(at + 1) === '"') at += 1;
      else if (char === '"') quoted = false;
      if (quoted || text.charAt(at - 1) === char) cell += quoted ? char : "";
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === ",") {
      cells.push(cell);
      cell = "";
    } else if (char === "\n") endRow();
    else if (char !== "\r") cell += char;
    if (char === "\n") line += 1;
  }
  if (cell !== "" || cells.length > 0) endRow();
  return rows;
}

/** True for an item that says what the app itself answered, so that it can be compared with. */
export function hasRecord({ recorded }: ImportItem): boolean {
  return isJsonObject(recorded) && recorded.predicted !== undefined;
}
