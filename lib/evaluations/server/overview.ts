import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { MetricFilter, Overview } from "../schema";
import { auditRate, autoErrors } from "./auto-errors";
import { overrideRate } from "./override-rate";
import { spanOf } from "./population";
import { automationRate, reviewRate, routeCounts } from "./route-counts";
import { timeToDecision } from "./time-to-decision";

/** The figures of the overview, each by its own verb. */
export async function overview(ctx: Context, filter: MetricFilter): Promise<Overview> {
  authorize(ctx, "evaluations.read");
  const [counts, errors, override, time] = await Promise.all([
    routeCounts(ctx, filter),
    autoErrors(ctx, filter),
    overrideRate(ctx, filter),
    timeToDecision(ctx, filter),
  ]);
  const planned = { audits: counts.plannedAudits, decisions: counts.execute + counts.decline };
  return {
    object: "metrics.overview",
    ...spanOf(ctx, filter),
    decisions: counts.execute + counts.decline + counts.review + counts.shadow,
    automation: automationRate(ctx, filter, counts),
    review: reviewRate(ctx, filter, counts),
    audit: auditRate(ctx, filter, errors, planned),
    override: override.overall,
    override_by_confidence: override.bins,
    errors,
    time_to_decision: time,
  };
}
