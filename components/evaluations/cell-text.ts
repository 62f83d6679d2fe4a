import { figureText } from "./figure-words";
import type { MetricUnit } from "@/lib/evaluations/metrics-catalogue";

export type Cell = string | number | null;

/**
 * A cell as people read it: four digits behind the point, of what is too small for them the first two that tell (a
 * question to a model costs less than a cent's hundredth), a moment to the minute, `–` for nothing.
 */
export function cellText(cell: Cell): string | number {
  if (cell === null) return "–";
  if (typeof cell === "number") {
    const isSmall = Math.abs(cell) < 0.001;
    return cell.toLocaleString(
      "en",
      isSmall ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 4 },
    );
  }
  return /^\d{4}-\d\d-\d\dT/.test(cell) ? cell.slice(0, 16).replace("T", " ") : cell;
}

/** How values of a unit are written; `points` are differences of shares, with their sign. */
export function formatOf(unit: MetricUnit | "points"): (value: number) => string {
  return (value) => (unit === "points" ? pointsText(value) : figureText(unit, value));
}

/** `0.095` → `+9.5 points`. */
function pointsText(value: number): string {
  const points = (Math.abs(value) * 100).toFixed(1);
  const sign = Number(points) === 0 ? "" : value < 0 ? "−" : "+";
  return `${sign}${points} points`;
}
