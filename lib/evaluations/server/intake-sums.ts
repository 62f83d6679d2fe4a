import { sql, type SQL } from "drizzle-orm";
import type { Prediction, Route } from "@/lib/decisions/schema";
import { rowsOf } from "@/lib/server/rows";
import { sealedUntil } from "./seal-days";
import { bucketAt, bucketText, decisionsOf, othersOf, type Window } from "./window";

const dayMs = 86_400_000;

/** Whole days of a window that are counted already, [from, to); null: none is, or the filter asks what they do not know. */
type Sealed = { from: Date; to: Date } | null;

async function sealedPart(w: Window): Promise<Sealed> {
  const { filter, step } = w;
  if (filter.segment !== undefined || filter.labelled !== undefined || step === "hour") return null;
  const until = await sealedUntil(w.ctx);
  if (until === null) return null;
  const from = Math.ceil(w.from.getTime() / dayMs) * dayMs;
  const to = Math.min(until.getTime(), Math.floor(w.to.getTime() / dayMs) * dayMs);
  return from < to ? { from: new Date(from), to: new Date(to) } : null;
}

/** Rows of `decision_days` (alias `d`, so that expressions over a decision's columns serve both) of the sealed part. */
function daysOf({ ctx, filter, ...w }: Window, { from, to }: NonNullable<Sealed>): SQL {
  const days = othersOf(
    { ctx, filter, ...w },
    { org: sql`d.org_id`, app: sql`d.app_id`, type: sql`d.type_id` },
  );
  const day = (at: Date) => sql`${at.toISOString().slice(0, 10)}::date`;
  const version =
    filter.prompt_version === undefined ? sql`` : sql`and d.prompt_version = ${filter.prompt_version}`;
  const model = filter.model === undefined ? sql`` : sql`and d.model = ${filter.model}`;
  return sql`decision_days d where ${days} and d.day >= ${day(from)} and d.day < ${day(to)} ${version} ${model}`;
}

/** A query over each stretch of the window that is not sealed, decisions being alias `d`, one after the other. */
function overRest(w: Window, sealed: Sealed, query: (rows: SQL) => SQL): SQL {
  const all = sql`decisions d where ${decisionsOf(w)}`;
  if (sealed === null) return query(all);
  // Two ranges and no `or`: each is read in the index alone.
  const before = query(sql`${all} and d.created_at < ${sealed.from.toISOString()}::timestamptz`);
  return sql`(${before}) union all (${query(sql`${all} and d.created_at >= ${sealed.to.toISOString()}::timestamptz`)})`;
}

/** What sums may be by, besides buckets: of a decision and of a day (both `d`). */
const keys = {
  type: { decision: sql`d.type_id`, day: sql`d.type_id` },
  prompt_version: { decision: sql`d.prompt_version`, day: sql`nullif(d.prompt_version, '')` },
  model: { decision: sql`d.model->>'name'`, day: sql`nullif(d.model, '')` },
};

/** `planned`: the sum of their propensities to be audited. */
export type IntakeSum = {
  at: string | null;
  route: Route;
  predicted: Prediction;
  count: number;
  planned: number;
};

/**
 * What came in by route and proposal, per bucket of the window, type or version (`at`; null: none was stated): whole days as
 * they were counted when they ended, the rest from the decisions themselves.
 */
export async function intakeSums(w: Window, by: "bucket" | keyof typeof keys): Promise<IntakeSum[]> {
  const sealed = await sealedPart(w);
  const key =
    by === "bucket"
      ? {
          decision: bucketAt(w, sql`d.created_at`),
          day: bucketAt(w, sql`(d.day::timestamp at time zone 'UTC')`),
        }
      : keys[by];
  const days =
    sealed === null
      ? sql``
      : sql`union all select ${key.day}, d.route, d.predicted, d.count, d.planned from ${daysOf(w, sealed)}`;
  const rest = overRest(
    w,
    sealed,
    (rows) =>
      sql`select ${key.decision} as at, d.route, d.predicted, count(*) as count, sum(d.pi_label) as planned from ${rows} group by 1, 2, 3`,
  );
  return rowsOf<IntakeSum>(
    w.ctx.db,
    sql`select ${by === "bucket" ? bucketText : sql`at`}, route, predicted, count::int as count, planned from (
      select at, route, predicted, sum(count) as count, sum(planned) as planned from (${rest} ${days}) parts group by at, route, predicted) grouped`,
  );
}

/** How many stated a confidence of each of ten equal bins. */
export async function confidenceCounts(w: Window): Promise<number[]> {
  const sealed = await sealedPart(w);
  const days =
    sealed === null
      ? sql``
      : sql`union all select c.bin::int - 1, c.count from (select d.confidences from ${daysOf(w, sealed)}) days
          cross join lateral unnest(days.confidences) with ordinality c (count, bin)`;
  const rest = overRest(
    w,
    sealed,
    (
      rows,
    ) => sql`select least(width_bucket(d.confidence, 0::float8, 1::float8, 10), 10) - 1 as bin, count(*) as count
      from ${rows} and d.confidence is not null group by 1`,
  );
  const rows = await rowsOf<{ bin: number; count: number }>(
    w.ctx.db,
    sql`select bin, sum(count)::int as count from (${rest} ${days}) parts group by bin`,
  );
  const counts = Array.from({ length: 10 }, () => 0);
  for (const { bin, count } of rows) counts[bin] = count;
  return counts;
}

export type FirstSeen = { kind: "prompt" | "model"; version: string; at: string };

/** Prompt versions and models that decisions of the window named and none before it had, with when the first came. */
export async function firstSeen(w: Window): Promise<FirstSeen[]> {
  const until = (await sealedUntil(w.ctx)) ?? new Date(0);
  const scope = othersOf(w, { org: sql`d.org_id`, app: sql`d.app_id`, type: sql`d.type_id` });
  const [from, to] = [w.from.toISOString(), w.to.toISOString()];
  return rowsOf<FirstSeen>(
    w.ctx.db,
    sql`with seen as materialized (
        select prompt, model, min(first) as first from (
          (select d.prompt_version as prompt, d.model, min(d.first_at) as first from decision_days d where ${scope} group by 1, 2)
          union all
          (select coalesce(d.prompt_version, ''), coalesce(d.model->>'name', ''), min(d.created_at) from decisions d
            where ${scope} and not d.measure and d.created_at >= ${until.toISOString()}::timestamptz group by 1, 2)) parts group by 1, 2),
      each as (
        select 'prompt' as kind, prompt as version, min(first) as first from seen where prompt <> '' group by prompt
        union all select 'model', model, min(first) from seen where model <> '' group by model)
      select kind, version, to_char(first at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from each
      where first >= ${from}::timestamptz and first < ${to}::timestamptz order by first desc limit 50`,
  );
}
