import { sql, type SQL } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import { normalQuantile } from "@/lib/stats/normal-quantile";
import type { MetricName } from "../metrics-catalogue";
import { nothing, type Numbers, type Reading } from "./reading";
import { runsOf } from "./read-counts";
import { bucketAt, decisionsOf, type Window } from "./window";

type QuantileSpec = { q: number; rows: SQL; moment: SQL; seconds: SQL };
type Row = { at: string | null; n: number; found: number[] };

const ruled = (w: Window, q: number): QuantileSpec => ({
  q,
  rows: sql`decisions d where ${decisionsOf(w)} and d.route = 'review' and d.status in ('approved', 'declined')
    and d.decided_by like 'user:%' and d.decided_at is not null`,
  moment: sql`d.created_at`,
  seconds: sql`extract(epoch from d.decided_at - d.created_at)::float8`,
});

const specs = {
  time_to_decision_p50: (w: Window) => ruled(w, 0.5),
  time_to_decision_p90: (w: Window) => ruled(w, 0.9),
  model_latency_p90: (w: Window): QuantileSpec => ({
    q: 0.9,
    rows: sql`runs r where ${runsOf(w)} and r.status = 'succeeded' and r.latency_ms is not null`,
    moment: sql`r.created_at`,
    seconds: sql`(r.latency_ms / 1000)::float8`,
  }),
} satisfies Partial<Record<MetricName, (w: Window) => QuantileSpec>>;

export type QuantileName = keyof typeof specs;
export const quantileNames = Object.keys(specs) as QuantileName[];

/** A quantile over the window and by bucket, each with the order statistics' interval: quantiles at q ± z sqrt(q(1-q)/n). */
export async function readQuantile(w: Window, name: QuantileName): Promise<Reading> {
  const { q, rows, moment, seconds } = specs[name](w);
  const reach = sql`${normalQuantile(0.975) * Math.sqrt(q * (1 - q))}::float8 / sqrt(n)`;
  const found = await rowsOf<Row>(
    w.ctx.db,
    sql`with timed as materialized (select ${bucketAt(w, moment)} as at, ${seconds} as seconds from ${rows}),
      sized as (select at, n, array[${q}::float8, greatest(0, ${q}::float8 - ${reach}), least(1, ${q}::float8 + ${reach})] as qs
        from (select at, count(*)::float8 as n from timed group by at union all select null, count(*) from timed having count(*) > 0) s)
      select to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') as at, s.n::int as n,
        percentile_cont(s.qs) within group (order by t.seconds) as found
      from sized s join timed t on t.at = s.at group by s.at, s.n, s.qs
      union all
      select null, s.n::int, percentile_cont(s.qs) within group (order by t.seconds)
      from sized s cross join timed t where s.at is null group by s.n, s.qs`,
  );
  const whole = found.find(({ at }) => at === null);
  return {
    all: whole ? numbersOf(whole) : nothing,
    at: new Map(found.flatMap((row) => (row.at === null ? [] : [[row.at, numbersOf(row)]]))),
  };
}

function numbersOf({ n, found }: Row): Numbers {
  const [value = null, lower = null, upper = null]: (number | null)[] = found;
  return { value, lower, upper, n, ess: null, needed: null };
}
