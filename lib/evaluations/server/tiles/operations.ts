import { sql } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import type { TileBody } from "../../board-schema";
import { notMeasured } from "../read-counts";
import { shareNumbers } from "../reading";
import { bucketAt, bucketText, notNarrowedBy, othersOf, type Window } from "../window";

const ages = [
  { key: "hour", label: "Under an hour" },
  { key: "day", label: "Under a day" },
  { key: "week", label: "Under a week" },
  { key: "older", label: "A week and more" },
] as const;

const reviewColumns = { org: sql`r.org_id`, app: sql`r.app_id`, type: sql`r.type_id` };

/** What waits now, by queue and age. */
export async function queueAges(w: Window): Promise<TileBody> {
  type Row = Record<(typeof ages)[number]["key"], number> & { queue: string; oldest: number; late: number };
  const rows = await rowsOf<Row>(
    w.ctx.db,
    sql`select q.name as queue, (count(*) filter (where age < interval '1 hour'))::int as hour,
        (count(*) filter (where age >= interval '1 hour' and age < interval '1 day'))::int as day,
        (count(*) filter (where age >= interval '1 day' and age < interval '7 days'))::int as week,
        (count(*) filter (where age >= interval '7 days'))::int as older,
        extract(epoch from max(age))::float8 / 3600 as oldest, (count(*) filter (where due_at < now()))::int as late
      from (select r.queue_id, r.due_at, now() - r.created_at as age from reviews r
        where r.status in ('open', 'claimed', 'snoozed') and ${othersOf(w, reviewColumns)} and ${notMeasured}) waiting
      join queues q on q.id = waiting.queue_id group by q.id, q.name order by count(*) desc limit 50`,
  );
  const late = rows.reduce((sum, row) => sum + row.late, 0);
  const all = rows.reduce((sum, row) => sum + row.hour + row.day + row.week + row.older, 0);
  return {
    sentence: `${all.toLocaleString("en")} wait now, ${late.toLocaleString("en")} past their time.`,
    population: "Reviews open now, whatever the time range",
    weighting: "plain counts",
    picture: {
      kind: "stack",
      series: ages.map(({ key, label }) => ({ key, label })),
      points: rows.map((row) => ({
        at: row.queue,
        complete: true,
        values: { hour: row.hour, day: row.day, week: row.week, older: row.older },
      })),
    },
    table: {
      columns: ["Queue", ...ages.map(({ label }) => label), "Oldest (hours)", "Past their time"],
      rows: rows.map((row) => [row.queue, row.hour, row.day, row.week, row.older, row.oldest, row.late]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: { status: "in_review" },
  };
}

/** Of what fell due: in time, too late, still open. */
export async function sla(w: Window): Promise<TileBody> {
  const rows = await rowsOf<{ at: string; met: number; late: number; open: number }>(
    w.ctx.db,
    sql`select ${bucketText}, met::int as met, late::int as late, open::int as open from (
      select ${bucketAt(w, sql`r.due_at`)} as at,
        count(*) filter (where r.resolved_at is not null and r.resolved_at <= r.due_at and r.status <> 'expired') as met,
        count(*) filter (where r.resolved_at > r.due_at or r.status = 'expired') as late,
        count(*) filter (where r.resolved_at is null) as open
      from reviews r where r.status <> 'cancelled' and r.due_at < now() and ${othersOf(w, { ...reviewColumns, moment: sql`r.due_at` })}
        and ${notMeasured} group by 1) grouped`,
  );
  const total = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + pick(row), 0);
  const [met, late, open] = [total((row) => row.met), total((row) => row.late), total((row) => row.open)];
  const plain = (count: number) => ({ count, weight: count, squaredWeight: count });
  const { value, lower, upper, n } = shareNumbers(plain(met), plain(late + open), 0);
  const by = new Map(rows.map((row) => [row.at, row]));
  return {
    sentence:
      value === null
        ? "Nothing fell due in this time."
        : `${(value * 100).toFixed(1)} % in time (95 % interval ${((lower ?? 0) * 100).toFixed(1)} to ${((upper ?? 0) * 100).toFixed(1)} %, n = ${n.toLocaleString("en")}).`,
    population: "Reviews that fell due in this time",
    weighting: "plain counts",
    picture: {
      kind: "stack",
      series: [
        { key: "met", label: "In time" },
        { key: "late", label: "Too late" },
        { key: "open", label: "Still open" },
      ],
      points: w.buckets.map((bucket) => {
        const { met: m = 0, late: l = 0, open: o = 0 } = by.get(bucket.at) ?? {};
        return { ...bucket, values: { met: m, late: l, open: o } };
      }),
    },
    table: {
      columns: ["From (UTC)", "In time", "Too late", "Still open"],
      rows: rows
        .toSorted((a, b) => (a.at < b.at ? -1 : 1))
        .map((row) => [row.at, row.met, row.late, row.open]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: null,
  };
}

/** What came, was answered and ran out of time. */
export async function throughput(w: Window): Promise<TileBody> {
  const within = (moment: ReturnType<typeof sql>) =>
    sql`reviews r where ${othersOf(w, { ...reviewColumns, moment })} and ${notMeasured}`;
  const rows = await rowsOf<{ at: string; came: number; answered: number; expired: number }>(
    w.ctx.db,
    sql`select ${bucketText}, sum(came)::int as came, sum(answered)::int as answered, sum(expired)::int as expired from (
      select ${bucketAt(w, sql`r.created_at`)} as at, count(*) as came, 0 as answered, 0 as expired from ${within(sql`r.created_at`)} group by 1
      union all select ${bucketAt(w, sql`r.resolved_at`)}, 0, count(*) filter (where r.status = 'resolved'),
        count(*) filter (where r.status = 'expired') from ${within(sql`r.resolved_at`)} group by 1) flow group by at`,
  );
  const by = new Map(rows.map((row) => [row.at, row]));
  const total = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + pick(row), 0);
  const count = (value: number) => value.toLocaleString("en");
  return {
    sentence: `${count(total((row) => row.came))} came, ${count(total((row) => row.answered))} were answered, ${count(total((row) => row.expired))} ran out of time.`,
    population: "Reviews opened or closed in this time",
    weighting: "plain counts",
    picture: {
      kind: "columns",
      series: [
        { key: "came", label: "Came" },
        { key: "answered", label: "Answered" },
        { key: "expired", label: "Ran out of time" },
      ],
      points: w.buckets.map((bucket) => {
        const { came = 0, answered = 0, expired = 0 } = by.get(bucket.at) ?? {};
        return { ...bucket, values: { came, answered, expired } };
      }),
    },
    table: {
      columns: ["From (UTC)", "Came", "Answered", "Ran out of time"],
      rows: rows
        .toSorted((a, b) => (a.at < b.at ? -1 : 1))
        .map((row) => [row.at, row.came, row.answered, row.expired]),
    },
    not_narrowed_by: notNarrowedBy(w.filter),
    rows: null,
  };
}
