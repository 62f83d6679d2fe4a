import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** Written up to this day (UTC), itself not included. */
const untilKey = "decision_days.until";
/** Nothing that began before a day was over is still to be committed so much later: no transaction lives that long. */
const settled = "1 hour";
/** So many days are counted in one statement, which then takes seconds however busy they were. */
const atOnce = 14;

/**
 * Counts days that are over into `decision_days`, the earliest first; what is counted there is fixed at intake and never
 * changes. Answers how many days it took on, 0 when none waits. Two workers at once: one of them waits for the other.
 */
export async function sealDays(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    // A statement of its own: what the other one wrote is seen by the next.
    await rowsOf(ctx.db, sql`select pg_advisory_xact_lock(hashtext(${`${untilKey} ${ctx.orgId}`}))`);
    const [span] = await rowsOf<{ from: string | null; to: string; days: number; fresh: boolean }>(
      ctx.db,
      sql`with begun as (select (value->>'day')::date as day from settings where org_id = ${ctx.orgId} and key = ${untilKey}),
        first as (select coalesce((select day from begun), (select (min(created_at) at time zone 'UTC')::date from decisions
          where org_id = ${ctx.orgId})) as day),
        ends as (select day as since, least(day + ${atOnce}::int, ((now() - ${settled}::interval) at time zone 'UTC')::date) as until from first)
        select since::text as "from", until::text as "to", until - since as days, not exists (select 1 from begun) as fresh from ends`,
    );
    if (!span || span.from === null || span.days <= 0) return 0;
    if (span.fresh) await rowsOf(ctx.db, sql`delete from decision_days where org_id = ${ctx.orgId}`);
    await count(ctx, { from: span.from, to: span.to });
    await rowsOf(
      ctx.db,
      sql`insert into settings (org_id, key, value) values (${ctx.orgId}, ${untilKey}, jsonb_build_object('day', ${span.to}::text))
        on conflict (org_id, key) do update set value = excluded.value, updated_at = now()`,
    );
    return span.days;
  });
}

async function count(ctx: Context, { from, to }: { from: string; to: string }): Promise<void> {
  const bins = sql.join(
    Array.from({ length: 10 }, (_, bin) => sql`(count(*) filter (where bin = ${bin}::int))::int`),
    sql`, `,
  );
  await rowsOf(
    ctx.db,
    sql`insert into decision_days (org_id, day, app_id, type_id, prompt_version, model, route, predicted, count, planned, confidences, first_at)
      select ${ctx.orgId}, day, app_id, type_id, prompt, model, route, predicted, count(*)::int, sum(pi_label), array[${bins}], min(created_at)
      from (select (created_at at time zone 'UTC')::date as day, app_id, type_id, coalesce(prompt_version, '') as prompt,
          coalesce(model->>'name', '') as model, route, predicted, pi_label, created_at,
          case when confidence is not null then least(width_bucket(confidence, 0::float8, 1::float8, 10), 10) - 1 end as bin
        from decisions where org_id = ${ctx.orgId} and not measure
          and created_at >= ${from}::date::timestamp at time zone 'UTC' and created_at < ${to}::date::timestamp at time zone 'UTC') d
      group by day, app_id, type_id, prompt, model, route, predicted`,
  );
}

/** The day up to which days are counted; null: none is. */
export async function sealedUntil(ctx: Context): Promise<Date | null> {
  const [row] = await rowsOf<{ day: string }>(
    ctx.db,
    sql`select value->>'day' as day from settings where org_id = ${ctx.orgId} and key = ${untilKey}`,
  );
  return row ? new Date(`${row.day}T00:00:00Z`) : null;
}
