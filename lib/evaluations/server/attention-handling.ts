import { sql } from "drizzle-orm";
import { recentLooks } from "@/lib/reviews/server/recent-looks";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

export type Handling = { n: number; median: number | null; p75: number | null; mean: number | null };

/** Handling time by queue id, and by `app/type`. */
export async function handlingTimes(
  ctx: Context,
): Promise<{ queues: Map<string, Handling>; types: Map<string, Handling> }> {
  const rows = await rowsOf<
    Handling & { queue_id: string | null; app_id: string | null; type_id: string | null }
  >(
    ctx.db,
    sql`select w.queue_id, w.app_id, w.type_id, count(w.look)::int as n,
        percentile_cont(0.5) within group (order by w.look) as median,
        percentile_cont(0.75) within group (order by w.look) as p75, avg(w.look)::float8 as mean
      from ${recentLooks(ctx)} group by grouping sets ((w.queue_id), (w.app_id, w.type_id))`,
  );
  const queues = new Map<string, Handling>();
  const types = new Map<string, Handling>();
  for (const { queue_id, app_id, type_id, ...handling } of rows) {
    if (queue_id !== null) queues.set(queue_id, handling);
    else types.set(`${app_id}/${type_id}`, handling);
  }
  return { queues, types };
}

export type AppHours = {
  id: string;
  key: string;
  name: string;
  reviews: number;
  week: number;
  month: number;
};

/** Hours that people looked at reviews of each app, in the last 7 and 30 days. */
export function hoursByApp(ctx: Context): Promise<AppHours[]> {
  return rowsOf<AppHours>(
    ctx.db,
    sql`select a.id, a.key, a.name, count(*)::int as reviews,
        coalesce(sum(w.look) filter (where w.resolved_at > now() - interval '7 days'), 0)::float8 / 3600 as week,
        coalesce(sum(w.look), 0)::float8 / 3600 as month
      from ${recentLooks(ctx)} join apps a on a.id = w.app_id group by a.id order by month desc, a.name limit 100`,
  );
}
