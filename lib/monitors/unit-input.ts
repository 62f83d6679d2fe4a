import type { MetricUnit } from "@/lib/evaluations/metrics-catalogue";

/** How people type a figure of a unit: what stands behind the field, and how many of it are one. */
const typed = {
  share: { sign: "%", factor: 100 },
  count: { sign: "", factor: 1 },
  seconds: { sign: "seconds", factor: 1 },
  money: { sign: "$", factor: 1e-6 },
} as const satisfies Record<MetricUnit, { sign: string; factor: number }>;

export function signOf(unit: MetricUnit): string {
  return typed[unit].sign;
}

/** A stored figure as somebody types it; empty for none. */
export function typedText(value: number | null, unit: MetricUnit): string {
  return value === null ? "" : String(Number((value * typed[unit].factor).toPrecision(12)));
}

/** What somebody typed as it is stored; null for nothing, NaN for what is no number. */
export function typedValue(text: string, unit: MetricUnit): number | null {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? null : Number((Number(trimmed) / typed[unit].factor).toPrecision(12));
}
