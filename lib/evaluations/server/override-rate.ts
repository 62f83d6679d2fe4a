import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { plainShare } from "../figure";
import type { Figure, MetricFilter, Overview } from "../schema";
import { population, rowsBehind } from "./population";

const bins = 10;
type Row = { bin: number | null; count: number; overridden: number };

/**
 * How often a person did otherwise than the model proposed, of what a person ruled on; by confidence, where it should
 * fall. An approval with changed arguments still acts, so it is no override of a proposal to act.
 */
export async function overrideRate(
  ctx: Context,
  filter: MetricFilter,
): Promise<{ overall: Figure; bins: Overview["override_by_confidence"] }> {
  authorize(ctx, "evaluations.read");
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select least(floor(d.confidence * ${bins}::int), ${bins - 1}::int)::int as bin, count(*) as count,
        count(*) filter (where (d.status = 'approved') <> (d.predicted = 'positive')) as overridden
      from decisions d
      where ${population(ctx, filter)} and d.route = 'review' and d.status in ('approved', 'declined') and d.decided_by like 'user:%'
      group by 1 order by 1`,
  );
  const saying = {
    population: "Decisions in this range that went to review and that a person approved or declined",
    weighting: "plain counts: everything that goes to review is ruled on",
    rows: rowsBehind(ctx, filter, { route: "review" }),
  };
  const total = (pick: (row: Row) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
  return {
    overall: plainShare(
      total((row) => row.overridden),
      total((row) => row.count),
      saying,
    ),
    bins: rows.flatMap(({ bin, count, overridden }) =>
      bin === null
        ? []
        : [
            {
              low: bin / bins,
              high: (bin + 1) / bins,
              overridden,
              figure: plainShare(overridden, count, saying),
            },
          ],
    ),
  };
}
