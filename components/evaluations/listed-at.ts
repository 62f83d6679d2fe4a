import type { MetricName } from "@/lib/evaluations/metrics-catalogue";

/** Pages that list what a figure of other tables than decisions counts; the newest stand first there. */
const pages: Partial<Record<MetricName, string>> = {
  open_reviews: "/inbox",
  oldest_review_seconds: "/inbox",
  sla_breaches: "/inbox",
  execution_unknowns: "/executions?show=unknown",
  execution_failures: "/executions?show=failed",
  audit_backlog: "/audits",
  discrepancy_rate: "/discrepancies",
};

/** Where a figure's rows are listed when the decisions list is not the place; runs are listed by app. */
export function listedAt(metric: MetricName, app: string): string | null {
  if (metric.startsWith("model_")) return app === "" ? null : `/apps/${encodeURIComponent(app)}/runs`;
  if (metric === "evaluator_pass_rate")
    return app === "" ? null : `/apps/${encodeURIComponent(app)}/evaluators`;
  return pages[metric] ?? null;
}
