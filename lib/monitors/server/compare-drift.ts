import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { judgeDay } from "../drift";
import { pinReference } from "./drift-reference";
import { comparePair, type ComparedFeature } from "./pair-comparison";
import type { Pair } from "./read-drift-window";
import { writeDrift } from "./write-drift";

/** A run that has not ended after this long died, and is done again. */
const leaseMinutes = 20;

/**
 * A timer, with an effect once a UTC day: compares the day that ended with its reference for every app and type that had
 * decisions, judges all comparisons of all of them together, and writes what it came to. `day` is yesterday by the
 * database when left out. Answers how many comparisons it made.
 */
export async function compareDrift(ctx: Context, input: { day?: string } = {}): Promise<number> {
  authorize(ctx, "system.run");
  const clock = await readClock(ctx);
  const day = input.day ?? clock.yesterday;
  if (!(await claimDay(ctx, day))) return 0;
  const compared: ComparedFeature[] = [];
  for (const pair of await pairsOf(ctx, day)) {
    compared.push(...(await comparePair(ctx, pair, { day, nowMs: clock.now_ms })));
  }
  const judged = judgeDay(compared);
  for (const pair of new Set(judged.map(({ key }) => key.pair))) {
    const own = judged.filter(({ key }) => key.pair === pair);
    await writeDrift(ctx, { pair, day, judged: own });
    const [first] = own;
    if (first) await pinReference(ctx, pair, first.key.spans.current.from);
  }
  await rowsOf(
    ctx.db,
    sql`update settings set value = jsonb_build_object('day', ${day}::text, 'done', true), updated_at = now()
      where org_id = ${ctx.orgId} and key = 'drift.day' and value ->> 'day' = ${day}`,
  );
  return judged.length;
}

type Clock = { today: string; yesterday: string; now_ms: number };

export async function readClock(ctx: Context): Promise<Clock> {
  const [clock] = await rowsOf<Clock>(
    ctx.db,
    sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as today,
      to_char(now() at time zone 'UTC' - interval '1 day', 'YYYY-MM-DD') as yesterday,
      (extract(epoch from now()) * 1000)::float8 as now_ms`,
  );
  if (!clock) throw new Error("the database has no clock");
  return clock;
}

async function claimDay(ctx: Context, day: string): Promise<boolean> {
  const [claimed] = await rowsOf(
    ctx.db,
    sql`insert into settings as s (org_id, key, value)
      values (${ctx.orgId}, 'drift.day', jsonb_build_object('day', ${day}::text, 'done', false))
      on conflict (org_id, key) do update set value = excluded.value, updated_at = now()
        where s.value ->> 'day' < ${day}
          or (s.value ->> 'day' = ${day} and s.value ->> 'done' = 'false'
            and s.updated_at < now() - make_interval(mins => ${leaseMinutes}::int))
      returning key`,
  );
  return claimed !== undefined;
}

// The week, because what has little a day is compared by the week.
async function pairsOf(ctx: Context, day: string): Promise<Pair[]> {
  return rowsOf<Pair>(
    ctx.db,
    sql`select distinct app_id as "appId", type_id as "typeId" from decisions where org_id = ${ctx.orgId} and not measure
        and created_at >= ${day}::timestamp at time zone 'UTC' - interval '6 days'
        and created_at < ${day}::timestamp at time zone 'UTC' + interval '1 day'
      order by 1, 2`,
  );
}
