import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { handlingSeconds, type Looks } from "../handling";
import { recentLooks } from "./recent-looks";

/** A smaller change is noise: what waits keeps its place. */
const worthMoving = 0.05;
/** So many reviews are looked at in one statement; a row is locked for no longer than that takes. */
const atOnce = 500;

/**
 * A timer: how long a review of each type is expected to take, by how long people looked of late; and what waits in
 * queues that are ordered by it gets its expected loss per minute anew. What somebody is ruling on at this moment keeps
 * its own. Many workers may run it. Answers how many types and reviews changed.
 */
export async function refreshHandling(ctx: Context): Promise<{ types: number; reviews: number }> {
  authorize(ctx, "system.run");
  const types = await refreshTypes(ctx);
  const queues = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from queues where org_id = ${ctx.orgId} and order_by = 'expected_loss' and archived_at is null`,
  );
  let reviews = 0;
  for (const { id } of queues) reviews += await rateQueue(ctx, id);
  return { types, reviews };
}

async function refreshTypes(ctx: Context): Promise<number> {
  const rows = await rowsOf<Looks & { id: string; kept: number }>(
    ctx.db,
    sql`select t.id, t.handling_seconds as kept, coalesce(w.n, 0) as n, coalesce(w.mean, 0) as mean
      from decision_types t left join (select type_id, count(look)::int as n, avg(look)::float8 as mean
        from ${recentLooks(ctx)} group by type_id) w on w.type_id = t.id
      where t.org_id = ${ctx.orgId}`,
  );
  const all = together(rows);
  let changed = 0;
  for (const { id, kept, ...own } of rows) {
    const seconds = handlingSeconds(own, all);
    if (Math.abs(seconds - kept) < worthMoving * kept) continue;
    await rowsOf(
      ctx.db,
      sql`update decision_types set handling_seconds = ${seconds}::float8 where id = ${id} and org_id = ${ctx.orgId}`,
    );
    changed += 1;
  }
  return changed;
}

function together(each: readonly Looks[]): Looks {
  const n = each.reduce((sum, looks) => sum + looks.n, 0);
  const seconds = each.reduce((sum, looks) => sum + looks.n * looks.mean, 0);
  return { n, mean: n === 0 ? 0 : seconds / n };
}

async function rateQueue(ctx: Context, queueId: string): Promise<number> {
  let rated = 0;
  for (let after: string | null = ""; after !== null;) {
    const page: { last: string | null; rated: number } = await rateSome(ctx, queueId, after);
    rated += page.rated;
    after = page.last;
  }
  return rated;
}

// The rate is reckoned as the trigger `reviews_rated` does.
async function rateSome(ctx: Context, queueId: string, after: string) {
  const [page] = await rowsOf<{ last: string | null; rated: number }>(
    ctx.db,
    sql`with page as materialized (select r.id, r.expected_loss * 60 / t.handling_seconds as rate, r.loss_per_minute
        from (select * from reviews o where o.queue_id = ${queueId} and o.status in ('open', 'claimed', 'snoozed')
          and o.id > ${after} order by o.id limit ${atOnce}) r join decision_types t on t.id = r.type_id),
      moved as (select r.id, page.rate from page join reviews r on r.id = page.id
        where page.rate is distinct from page.loss_per_minute for update of r skip locked),
      written as (update reviews r set loss_per_minute = moved.rate from moved where r.id = moved.id returning r.id)
      select (select max(id) from page) as last, (select count(*)::int from written) as rated`,
  );
  return page ?? { last: null, rated: 0 };
}
