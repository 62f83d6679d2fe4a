import type { MetricName } from "@/lib/evaluations/metrics-catalogue";
import type { Comparator } from "./vocabulary";

export type ReadyMade = {
  key: string;
  name: string;
  sentence: string;
  metric: MetricName;
  comparator: Comparator;
  warn_at: number | null;
  alert_at: number;
  window_minutes: number;
  hysteresis: number;
};

/** What nearly everybody wants to know of: offered while nothing is watched. Thresholds are starts, to be changed. */
export const readyMade: readonly ReadyMade[] = [
  {
    key: "errors",
    name: "Errors of what runs alone",
    sentence: "Audits find 5 % wrong over a week; a warning at 2 %.",
    metric: "auto_error_rate",
    comparator: "above",
    warn_at: 0.02,
    alert_at: 0.05,
    window_minutes: 10_080,
    hysteresis: 0.005,
  },
  {
    key: "backlog",
    name: "Reviews that wait",
    sentence: "200 reviews wait for a person; a warning at 100.",
    metric: "open_reviews",
    comparator: "above",
    warn_at: 100,
    alert_at: 200,
    window_minutes: 60,
    hysteresis: 10,
  },
  {
    key: "unknowns",
    name: "Actions with an unknown outcome",
    sentence: "Of one action within an hour nobody knows whether it happened.",
    metric: "execution_unknowns",
    comparator: "above",
    warn_at: null,
    alert_at: 1,
    window_minutes: 60,
    hysteresis: 0,
  },
  {
    key: "models",
    name: "Models that do not answer",
    sentence: "A fifth of the questions of an hour get no usable answer; a warning at a twentieth.",
    metric: "model_errors",
    comparator: "above",
    warn_at: 0.05,
    alert_at: 0.2,
    window_minutes: 60,
    hysteresis: 0.01,
  },
];
