import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { normalQuantile } from "@/lib/stats/normal-quantile";
import type { Figure, MetricFilter, Overview } from "../schema";
import { population, rowsBehind } from "./population";

/**
 * Half and nine tenths of the decisions a person ruled on were decided within these seconds of their submission. The
 * interval is that of the order statistics: the quantiles at `q ± z sqrt(q(1-q)/n)`.
 */
export async function timeToDecision(
  ctx: Context,
  filter: MetricFilter,
): Promise<Overview["time_to_decision"]> {
  authorize(ctx, "evaluations.read");
  const ruled = sql`decisions d where ${population(ctx, filter)} and d.route = 'review'
    and d.status in ('approved', 'declined') and d.decided_by like 'user:%' and d.decided_at is not null`;
  const [counted] = await rowsOf<{ n: number }>(ctx.db, sql`select count(*) as n from ${ruled}`);
  const n = counted?.n ?? 0;
  const wanted = [0.5, 0.9].flatMap((q) => [q, ...interval(q, n)]);
  const [row] = await rowsOf<{ at: number[] | null }>(
    ctx.db,
    sql`select percentile_cont(array(select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb)::float8))
        within group (order by extract(epoch from d.decided_at - d.created_at)::float8) as at from ${ruled}`,
  );
  const figure = (first: number): Figure => ({
    unit: "seconds",
    value: row?.at?.[first] ?? null,
    lower: row?.at?.[first + 1] ?? null,
    upper: row?.at?.[first + 2] ?? null,
    n,
    ess: null,
    needed: n === 0 ? 1 : null,
    population: "Decisions in this range that went to review and that a person approved or declined",
    weighting: "plain counts; what still waits is not in it",
    rows: rowsBehind(ctx, filter, { route: "review" }),
  });
  return { p50: figure(0), p90: figure(3) };
}

function interval(q: number, n: number): [number, number] {
  const reach = n === 0 ? 0 : normalQuantile(0.975) * Math.sqrt((q * (1 - q)) / n);
  return [Math.max(0, q - reach), Math.min(1, q + reach)];
}
