import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { type CsvRow, csvRows } from "./csv-rows";
import { ImportItem, mostItems } from "./datasets";

/** What is wrong with a file, and in which line of it. */
export type ItemProblem = { line: number; message: string };
export type ItemsRead = { items: ImportItem[]; problems: ItemProblem[] };
type ReadJson = (text: string) => JsonValue;

const mostProblems = 20;
/** Columns of a CSV that are not part of the input. */
const own: readonly string[] = ["input", "truth", "expected", "subject", "predicted", "confidence"];

/**
 * Items of a file. JSONL: one item a line. CSV with a header: columns `truth`, `expected` (JSON), `subject`, `predicted`
 * and `confidence` are an item's own; `input` is JSON, or else every other column is a field of the input. `readJson`
 * throws on what cannot be kept.
 */
export function parseItems(text: string, format: "jsonl" | "csv", readJson: ReadJson): ItemsRead {
  const read = reader();
  if (format === "jsonl") {
    for (const [index, line] of text.split("\n").entries()) {
      if (line.trim() !== "") read.add(index + 1, () => readJson(line));
    }
    return read.end();
  }
  const [head, ...rows] = rowsOf(text, read);
  const names = head?.cells.map((name) => name.trim()) ?? [];
  for (const { line, cells } of rows) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    read.add(line, () => itemOf(new Map(names.map((name, index) => [name, cells[index] ?? ""])), readJson));
  }
  return read.end();
}

function rowsOf(text: string, read: Reader): CsvRow[] {
  try {
    return csvRows(text.replace(/^\u{FEFF}/u, ""));
  } catch (error) {
    read.add(1, () => {
      throw error;
    });
    return [];
  }
}

type Reader = ReturnType<typeof reader>;

function reader() {
  const items: ImportItem[] = [];
  const problems: ItemProblem[] = [];
  return {
    add(line: number, parse: () => JsonValue) {
      if (problems.length >= mostProblems || items.length > mostItems) return;
      try {
        const parsed = ImportItem.safeParse(parse());
        if (parsed.success) items.push(parsed.data);
        else problems.push({ line, message: sentenceOf(parsed.error.issues[0]) });
      } catch (error) {
        problems.push({
          line,
          message: error instanceof Error ? error.message.slice(0, 200) : "is not JSON",
        });
      }
    },
    end(): ItemsRead {
      if (items.length <= mostItems) return { items, problems };
      const most = mostItems.toLocaleString("en");
      return {
        items,
        problems: [{ line: mostItems + 1, message: `is beyond the ${most} that a version holds` }],
      };
    },
  };
}

function sentenceOf(issue: { path: PropertyKey[]; message: string } | undefined): string {
  if (!issue) return "is not understood";
  const where = issue.path.map(String).join(".");
  return where === "" ? issue.message : `${where}: ${issue.message}`;
}

function itemOf(cells: ReadonlyMap<string, string>, readJson: ReadJson): JsonObject {
  const written = (name: string) => cells.get(name)?.trim() || undefined;
  const whole = written("input");
  const item: JsonObject = { input: whole === undefined ? fieldsOf(cells, readJson) : readJson(whole) };
  for (const name of ["truth", "subject"]) {
    const value = written(name);
    if (value !== undefined) item[name] = value;
  }
  const expected = written("expected");
  if (expected !== undefined) item.expected = readJson(expected);
  const [predicted, confidence] = [written("predicted"), written("confidence")];
  if (predicted !== undefined) {
    item.recorded = { predicted, ...(confidence === undefined ? {} : { confidence: Number(confidence) }) };
  }
  return item;
}

function fieldsOf(cells: ReadonlyMap<string, string>, readJson: ReadJson): JsonObject {
  const fields = [...cells].filter(([name]) => !own.includes(name));
  return Object.fromEntries(fields.map(([name, cell]) => [name, valueOf(cell, readJson)]));
}

// A cell that is a number, true, false, a list or an object as JSON writes it is that; everything else is text.
function valueOf(cell: string, readJson: ReadJson): JsonValue {
  if (!/^(-?\d|true$|false$|[[{])/.test(cell)) return cell;
  try {
    const value = readJson(cell);
    return typeof value === "number" && String(value) !== cell ? cell : value;
  } catch {
    return cell;
  }
}
