import { figureText } from "./figure-words";
import type { MetricUnit } from "@/lib/evaluations/metrics-catalogue";

export type Cell = string | number | null;

/** A cell as people read it: at most four digits behind the point, a moment to the minute, `–` for nothing. */
export function cellText(cell: Cell): string | number {
  if (cell === null) return "–";
  if (typeof cell === "number") return cell.toLocaleString("en", { maximumFractionDigits: 4 });
  return /^\d{4}-\d\d-\d\dT/.test(cell) ? cell.slice(0, 16).replace("T", " ") : cell;
}

/** How values of a unit are written. */
export function formatOf(unit: MetricUnit): (value: number) => string {
  return (value) => figureText(unit, value);
}
