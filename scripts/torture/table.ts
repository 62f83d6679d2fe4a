import { sumOf, type Figures } from "./check";
import type { Run } from "./run";

const columns = {
  acknowledged: "acknowledged",
  requests: "requests",
  effects: "effects",
  lost: "lost",
  doubled: "doubled",
  unapproved: "unapproved",
  altered: "altered",
  failedWithEffect: "failed with effect",
  succeededWithout: "succeeded without",
  stuck: "stuck",
  miscounted: "miscounted",
  unrecorded: "unrecorded",
  staleLanded: "stale landed",
  staleRefused: "stale refused",
  unknown: "unknown",
  dead: "dead",
} as const satisfies Record<keyof Figures, string>;
const names = Object.keys(columns) as (keyof Figures)[];

/** The figures of several runs by system, with their sum, as the cells of a table. */
export function rowsOf(runs: readonly Run[]): string[][] {
  const systems = [...new Set(runs.flatMap((run) => [...run.figures.keys()]))].toSorted();
  const of = (system: string) => sumOf(runs.flatMap((run) => run.figures.get(system) ?? []));
  const cells = (title: string, figures: Figures) => [title, ...names.map((name) => String(figures[name]))];
  return [
    ["system", ...names.map((name) => columns[name])],
    ...systems.map((system) => cells(system, of(system))),
    cells("all", totalOf(runs)),
  ];
}

/** Everything of several runs together. */
export function totalOf(runs: readonly Run[]): Figures {
  return sumOf(runs.flatMap((run) => [...run.figures.values()]));
}

/** A table for the terminal: numbers to the right. */
export function textTable(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ");
  return rows.map(line).join("\n");
}

/** The same for a page. */
export function markdownTable(rows: readonly string[][]): string {
  const [head = [], ...body] = rows;
  const rule = head.map((_, at) => (at === 0 ? "---" : "---:"));
  return [head, rule, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
