import type { Difference } from "@/lib/evaluations/board-schema";
import type { MetricUnit } from "@/lib/evaluations/metrics-catalogue";
import type { Figure } from "@/lib/evaluations/schema";

/** `0.0342` → `3.4 %`, one more digit below one per cent; seconds as people say them; counts and money with commas. */
export function figureText(unit: MetricUnit, value: number): string {
  if (unit === "count") return value.toLocaleString("en", { maximumFractionDigits: 0 });
  if (unit === "money") return value.toLocaleString("en", { maximumFractionDigits: value < 1 ? 6 : 2 });
  if (unit === "share") {
    const share = value * 100;
    return `${share.toFixed(value !== 0 && Math.abs(value) < 0.01 ? 2 : 1)} %`;
  }
  if (value < 90) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value < 5400) return `${(value / 60).toFixed(1)} min`;
  return `${(value / 3600).toFixed(1)} h`;
}

/** The figure in words: its value, or what is missing for one. */
export function valueText({ unit, value, ess, needed, n }: Omit<Figure, "population" | "rows">): string {
  if (value !== null) return figureText(unit, value);
  if (n === 0 || needed === null || ess === null) return "Nothing yet";
  return `Not enough yet: ${Math.floor(ess)} of ${needed}`;
}

/** `95 % interval 0.3–1.4 %`, or nothing where there is none. */
export function intervalText({ unit, lower, upper, ess, needed, n }: Figure): string | undefined {
  if (lower === null || upper === null) return undefined;
  // Where all weigh the same it is n, which stands beside it.
  const size = ess === null || needed !== null ? n : Math.round(ess);
  const effective = size === n ? "" : `, effective n = ${size.toLocaleString("en")}`;
  return `95 % interval ${figureText(unit, lower)} – ${figureText(unit, upper)}${effective}`;
}

/** `1.2 points more than before (0.4 to 2.0): more than chance explains`. */
export function differenceText({ value, lower, upper, real }: Difference): string {
  const points = (share: number) => (share * 100).toFixed(1);
  const word = value < 0 ? "less" : "more";
  const said = real ? "larger than chance explains" : "chance explains it";
  return `${points(Math.abs(value))} points ${word} than before (${points(lower)} to ${points(upper)}): ${said}`;
}

/** Where the rows behind a figure are listed. */
export function rowsHref({ rows }: Pick<Figure, "rows">): string {
  return `/decisions?${new URLSearchParams(rows).toString()}`;
}
