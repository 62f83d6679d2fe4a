import type { Route } from "@/lib/decisions/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { plainShare } from "../figure";
import type { Figure, MetricFilter } from "../schema";
import { intakeSums } from "./intake-sums";
import { rowsBehind } from "./population";
import { windowOf } from "./window";

/** Decisions by route, and the audits planned among those that were to run alone. */
export type RouteCounts = Record<Route, number> & { plannedAudits: number };

export async function routeCounts(ctx: Context, filter: MetricFilter): Promise<RouteCounts> {
  authorize(ctx, "evaluations.read");
  const rows = await intakeSums(windowOf(ctx, filter), "bucket");
  const counts = { execute: 0, review: 0, decline: 0, shadow: 0, plannedAudits: 0 };
  for (const { route, count, planned } of rows) {
    counts[route] += count;
    if (route === "execute" || route === "decline") counts.plannedAudits += planned;
  }
  return counts;
}

const counted = "plain counts: every decision counts once";
const routed = (counts: RouteCounts) => counts.execute + counts.decline + counts.review;

/** Share that the router let stand alone, to act or to leave things alone, of all it routed. Shadow is left out. */
export function automationRate(ctx: Context, filter: MetricFilter, counts: RouteCounts): Figure {
  return plainShare(counts.execute + counts.decline, routed(counts), {
    population:
      "Decisions submitted in this range and routed; shadow ones, which nobody decides, are left out",
    weighting: counted,
    rows: rowsBehind(ctx, filter),
  });
}

/** Share that went to a person. */
export function reviewRate(ctx: Context, filter: MetricFilter, counts: RouteCounts): Figure {
  return plainShare(counts.review, routed(counts), {
    population: "Decisions submitted in this range and routed; shadow ones are left out",
    weighting: counted,
    rows: rowsBehind(ctx, filter, { route: "review" }),
  });
}
