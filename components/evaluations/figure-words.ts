import type { Figure } from "@/lib/evaluations/schema";

/** `0.0342` → `3.4 %`, one more digit below one per cent; seconds as people say them. */
export function figureText(unit: Figure["unit"], value: number): string {
  if (unit === "share") {
    const share = value * 100;
    return `${share.toFixed(value !== 0 && Math.abs(value) < 0.01 ? 2 : 1)} %`;
  }
  if (value < 90) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value < 5400) return `${(value / 60).toFixed(1)} min`;
  return `${(value / 3600).toFixed(1)} h`;
}

/** The figure in words: its value, or what is missing for one. */
export function valueText({ unit, value, ess, needed, n }: Figure): string {
  if (value !== null) return figureText(unit, value);
  if (n === 0 || needed === null || ess === null) return "Nothing yet";
  return `Not enough yet: ${Math.floor(ess)} of ${needed}`;
}

/** `95 % interval 0.3–1.4 %`, or nothing where there is none. */
export function intervalText({ unit, lower, upper, ess, needed }: Figure): string | undefined {
  if (lower === null || upper === null) return undefined;
  const size = ess !== null && needed === null ? `, effective n = ${Math.round(ess)}` : "";
  return `95 % interval ${figureText(unit, lower)} – ${figureText(unit, upper)}${size}`;
}

/** Where the rows behind a figure are listed. */
export function rowsHref({ rows }: Pick<Figure, "rows">): string {
  return `/decisions?${new URLSearchParams(rows).toString()}`;
}
