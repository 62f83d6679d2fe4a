import { metricsCatalogue, type MetricName, type MetricUnit } from "@/lib/evaluations/metrics-catalogue";
import type { Comparator } from "./vocabulary";

/** A figure as people read it: 12.5 %, 1,204, 3.2 h, $0.41. */
export function figureText(value: number | null, unit: MetricUnit): string {
  if (value === null) return "no figure";
  switch (unit) {
    case "share":
      return `${rounded(value * 100)} %`;
    case "seconds":
      return durationText(value);
    case "money":
      return `$${(value / 1_000_000).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
    case "count":
      return rounded(value);
  }
}

function rounded(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 });
}

function durationText(seconds: number): string {
  if (seconds < 1) return `${rounded(seconds * 1000)} ms`;
  if (seconds < 90) return `${rounded(seconds)} s`;
  if (seconds < 5400) return `${rounded(seconds / 60)} min`;
  return seconds < 172_800 ? `${rounded(seconds / 3600)} h` : `${rounded(seconds / 86_400)} days`;
}

/** True for a metric of the catalogue; rows may name one of a later version. */
export function isMetricName(text: string): text is MetricName {
  return Object.hasOwn(metricsCatalogue, text);
}

/** "auto_error_rate" as people say it: "Auto error rate". */
export function metricName(metric: MetricName): string {
  const words = metric.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "31.5 %, at or above 10 %": a figure and the limit that it passed. */
export function beyondText(
  { metric, value, comparator }: { metric: MetricName; value: number | null; comparator: Comparator },
  limit: number,
): string {
  const { unit } = metricsCatalogue[metric];
  return `${figureText(value, unit)}, at or ${comparator} ${figureText(limit, unit)}`;
}
