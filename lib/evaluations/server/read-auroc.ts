import { sql } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import { normalQuantile } from "@/lib/stats/normal-quantile";
import { leastSample } from "../figure";
import { nothing, type Numbers } from "./reading";
import { labelledOf, type Window } from "./window";

type Row = { area: number | null; right: number; wrong: number; right_ess: number; wrong_ess: number };

/**
 * Area under the ROC curve of confidence against being right, weighted by 1/pi, ties counting half: one pass over
 * distinct confidences in order. Interval: Hanley & McNeil (Radiology 143, 1982) on effective sizes.
 */
export async function readAuroc(w: Window): Promise<Numbers> {
  const [row] = await rowsOf<Row>(
    w.ctx.db,
    sql`with scored as (
        select d.confidence as p, coalesce(sum(1 / d.truth_pi) filter (where d.truth = d.predicted), 0) as r,
          coalesce(sum(1 / d.truth_pi) filter (where d.truth <> d.predicted), 0) as w,
          coalesce(sum(1 / (d.truth_pi * d.truth_pi)) filter (where d.truth = d.predicted), 0) as r2,
          coalesce(sum(1 / (d.truth_pi * d.truth_pi)) filter (where d.truth <> d.predicted), 0) as w2,
          count(*) filter (where d.truth = d.predicted) as rn, count(*) filter (where d.truth <> d.predicted) as wn
        from decisions d where ${labelledOf(w)} and d.confidence is not null group by 1),
      ranked as (select *, sum(w) over (order by p) - w as below from scored)
      select sum(r * (below + w / 2)) / nullif(sum(r) * sum(w), 0) as area, coalesce(sum(rn), 0)::int as right, coalesce(sum(wn), 0)::int as wrong,
        coalesce(power(sum(r), 2) / nullif(sum(r2), 0), 0) as right_ess, coalesce(power(sum(w), 2) / nullif(sum(w2), 0), 0) as wrong_ess
      from ranked`,
  );
  if (!row) return nothing;
  const { area, right_ess: right, wrong_ess: wrong } = row;
  const n = row.right + row.wrong;
  const ess = right + wrong;
  if (area === null || ess < leastSample * (1 - 1e-9)) return { ...nothing, n, ess, needed: leastSample };
  const [one, two] = [area / (2 - area), (2 * area * area) / (1 + area)];
  const spread = area * (1 - area) + (right - 1) * (one - area * area) + (wrong - 1) * (two - area * area);
  const reach = normalQuantile(0.975) * Math.sqrt(Math.max(0, spread) / (right * wrong));
  return {
    value: area,
    lower: Math.max(0, area - reach),
    upper: Math.min(1, area + reach),
    n,
    ess,
    needed: null,
  };
}
