import type { ReviewerFigures, Share } from "@/lib/reviews/measures";

/** `18 of 20`: the counts, which stand whether or not they say anything. */
export function countsText({ part, n }: Pick<Share, "part" | "n">): string {
  return `${part.toLocaleString("en")} of ${n.toLocaleString("en")}`;
}

/** `90 %`, or null where there are too few. */
export function percentText(value: number | null): string | null {
  return value === null ? null : `${Math.round(value * 100)} %`;
}

/** The interval of a share, or what is missing for one. */
export function certaintyText({ n, needed, lower, upper }: Share): string {
  if (n === 0) return "Nothing measured yet";
  if (lower === null || upper === null) return `Too few to say: ${n} of ${needed}`;
  return `95 % interval ${Math.round(lower * 100)}–${Math.round(upper * 100)} %`;
}

/** `8 s`, `3 min`: how long people look. */
export function lookText(seconds: number | null): string {
  if (seconds === null) return "–";
  return seconds < 90 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} min`;
}

export function looksText({ p50, p90, n }: ReviewerFigures["look_seconds"]): string {
  return p50 === null || p90 === null ? `Too few: ${n}` : `${lookText(p50)} · ${lookText(p90)}`;
}
