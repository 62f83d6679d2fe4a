import { sql, type SQL } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import { notMeasured } from "./read-counts";
import { countNumbers, nothing, type Reading } from "./reading";
import { bucketAt, bucketText, othersOf, type Window } from "./window";

type Flow = { at: string; came: number; went: number };

/** How many stood open at the end of each bucket, and at the end of the window, from when each came and went. */
async function standing(w: Window, rows: SQL, came: SQL, went: SQL): Promise<Reading> {
  const { from, to } = w;
  const [start] = await rowsOf<{ before: number }>(
    w.ctx.db,
    sql`select count(*)::int as before from ${rows} and ${came} < ${from.toISOString()}::timestamptz
      and (${went} is null or ${went} >= ${from.toISOString()}::timestamptz)`,
  );
  const within = (moment: SQL) =>
    sql`${rows} and ${moment} >= ${from.toISOString()}::timestamptz and ${moment} < ${to.toISOString()}::timestamptz`;
  const flows = await rowsOf<Flow>(
    w.ctx.db,
    sql`select ${bucketText}, sum(came)::int as came, sum(went)::int as went from (
        select ${bucketAt(w, came)} as at, count(*) as came, 0 as went from ${within(came)} group by 1
        union all select ${bucketAt(w, went)}, 0, count(*) from ${within(went)} group by 1) flow group by at`,
  );
  const by = new Map(flows.map((flow) => [flow.at, flow]));
  let open = start?.before ?? 0;
  const at = new Map(
    w.buckets.map((bucket) => {
      const flow = by.get(bucket.at);
      open += (flow?.came ?? 0) - (flow?.went ?? 0);
      return [bucket.at, countNumbers(open)];
    }),
  );
  return { all: countNumbers(open), at };
}

/** Reviews (alias `r`) of the window's app and type, without copies that measure a reviewer. */
function reviewsOf(w: Window): SQL {
  return sql`reviews r where ${othersOf(w, {
    org: sql`r.org_id`,
    app: sql`r.app_id`,
    type: sql`r.type_id`,
  })} and ${notMeasured}`;
}

export function readOpenReviews(w: Window): Promise<Reading> {
  return standing(w, reviewsOf(w), sql`r.created_at`, sql`r.resolved_at`);
}

export function readAuditBacklog(w: Window): Promise<Reading> {
  const rows = sql`audits a join decisions d on d.id = a.decision_id where a.status <> 'expired' and ${othersOf(
    w,
    { org: sql`a.org_id`, app: sql`d.app_id`, type: sql`d.type_id` },
  )}`;
  return standing(w, rows, sql`a.created_at`, sql`a.judged_at`);
}

/** Age of the oldest review open at the end of the window; what was open at earlier moments is not kept apart. */
export async function readOldestReview(w: Window): Promise<Reading> {
  const to = w.to.toISOString();
  const [row] = await rowsOf<{ seconds: number | null; n: number }>(
    w.ctx.db,
    sql`select extract(epoch from ${to}::timestamptz - min(r.created_at))::float8 as seconds, count(*)::int as n
      from ${reviewsOf(w)} and r.created_at < ${to}::timestamptz
        and (r.resolved_at is null or r.resolved_at >= ${to}::timestamptz)`,
  );
  const all = row ? { ...nothing, value: row.seconds ?? 0, n: row.n, needed: null } : nothing;
  return { all, at: new Map() };
}
