import { sql } from "drizzle-orm";
import type { Route } from "@/lib/decisions/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { MetricFilter, Volume } from "../schema";
import { population, spanOf } from "./population";

const hoursUpTo = 3 * 86_400_000;
type Row = { at: string; complete: boolean; route: Route | null; count: number };

/** Decisions by route in buckets of an hour or a day (UTC); empty buckets are zeros, unfinished ones are marked. */
export async function volume(ctx: Context, filter: MetricFilter): Promise<Volume> {
  authorize(ctx, "evaluations.read");
  const { from, to } = spanOf(ctx, filter);
  const bucket = Date.parse(to) - Date.parse(from) <= hoursUpTo ? "hour" : "day";
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`with counted as (
        select date_trunc(${bucket}, d.created_at at time zone 'UTC') as at, d.route, count(*) as count
        from decisions d where ${population(ctx, filter)} group by 1, 2),
      buckets as (
        select generate_series(date_trunc(${bucket}, ${from}::timestamptz at time zone 'UTC'),
          (${to}::timestamptz - interval '1 millisecond') at time zone 'UTC', ('1 ' || ${bucket})::interval) as at)
      select to_char(b.at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, c.route, coalesce(c.count, 0) as count,
        b.at + ('1 ' || ${bucket})::interval <= least(now(), ${to}::timestamptz) at time zone 'UTC'
          and b.at >= ${from}::timestamptz at time zone 'UTC' as complete
      from buckets b left join counted c on c.at = b.at order by b.at`,
  );
  return {
    object: "metrics.volume",
    from,
    to,
    bucket,
    population: "All decisions submitted in this range, by where the router sent them",
    points: [...Map.groupBy(rows, ({ at }) => at)].map(([at, all]) => ({
      at,
      complete: all.every(({ complete }) => complete),
      counts: countsOf(all),
    })),
  };
}

function countsOf(rows: readonly Row[]): Record<Route, number> {
  const counts = { execute: 0, review: 0, decline: 0, shadow: 0 };
  for (const { route, count } of rows) if (route !== null) counts[route] = count;
  return counts;
}
