import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { calibrationBins, calibrationOf, type BinSums } from "../calibration";
import type { Calibration, MetricFilter } from "../schema";
import { labelled, spanOf } from "./population";

/** How often proposals of each stated confidence were right, over decisions with a confidence and a known truth. */
export async function calibration(ctx: Context, filter: MetricFilter): Promise<Calibration> {
  authorize(ctx, "evaluations.read");
  const k = sql`${calibrationBins}::float8`;
  const sums = await rowsOf<BinSums>(
    ctx.db,
    // Right-closed bins; p * k may round across an edge, and an edge belongs to the bin on its left.
    sql`select greatest(0, least(${calibrationBins - 1}::int, case
          when p > (guess + 1) / ${k} then guess + 1 when p <= guess / ${k} then guess - 1 else guess end))::int as bin,
        count(*) as count, sum(w) as weight, sum(w * w) as "squaredWeight", sum(w * p) as stated, sum(w * y) as right,
        sum(w * (p - y) * (p - y)) as "squaredMiss"
      from (select d.confidence as p, ceil(d.confidence * ${k}) - 1 as guess, 1 / d.truth_pi as w,
          case when d.truth = d.predicted then 1 else 0 end as y
        from decisions d where ${labelled(ctx, filter)} and d.confidence is not null) labelled
      group by 1 order by 1`,
  );
  return {
    object: "metrics.calibration",
    ...spanOf(ctx, filter),
    ...calibrationOf(sums),
    population: "Decisions in this range with a stated confidence and a known truth",
    weighting:
      "the strongest label counts: an outcome over an auditor over a reviewer; each weighted by one over the probability that its label would be made",
  };
}
