import { sql, type SQL } from "drizzle-orm";
import { counted } from "@/lib/kernel/counted";
import { rowsOf } from "@/lib/server/rows";
import type { MetricName } from "../metrics-catalogue";
import { intakeSums } from "./intake-sums";
import { countNumbers, countsOf, nothing, type Reading } from "./reading";
import { bucketAt, bucketText, othersOf, type Window } from "./window";

type CountSpec = { rows: SQL; moment: SQL };

/** Copies that measure a reviewer stand in no figure of the queues. */
export const notMeasured = sql`not exists (select 1 from measures m where m.review_id = r.id)`;

const executions = (w: Window, statuses: SQL): CountSpec => ({
  rows: sql`executions e where e.kind = 'action' and e.status in (${statuses}) and ${othersOf(w, {
    org: sql`e.org_id`,
    app: sql`e.app_id`,
    type: sql`e.type_id`,
    moment: sql`e.created_at`,
  })}`,
  moment: sql`e.created_at`,
});

const specs = {
  // Due, and not answered by then: closed later, closed by the clock, or open still.
  sla_breaches: (w: Window): CountSpec => ({
    rows: sql`reviews r where ${othersOf(w, {
      org: sql`r.org_id`,
      app: sql`r.app_id`,
      type: sql`r.type_id`,
      moment: sql`r.due_at`,
    })} and r.due_at < now() and r.status <> 'cancelled'
      and (r.resolved_at is null or r.resolved_at > r.due_at or r.status = 'expired') and ${notMeasured}`,
    moment: sql`r.due_at`,
  }),
  execution_unknowns: (w: Window) => executions(w, sql`'unknown', 'dead', 'disputed'`),
  execution_failures: (w: Window) => executions(w, sql`'failed'`),
} satisfies Partial<Record<MetricName, (w: Window) => CountSpec>>;

export type CountName = keyof typeof specs;
export const countNames = Object.keys(specs) as CountName[];

/** What came in. */
export async function readVolume(w: Window): Promise<Reading> {
  const by = Map.groupBy(await intakeSums(w, "bucket"), ({ at }) => at ?? "");
  return countsOf(
    [...by].map(([at, some]) => ({ at, count: some.reduce((sum, { count }) => sum + count, 0) })),
  );
}

export async function readCount(w: Window, name: CountName): Promise<Reading> {
  const { rows, moment } = specs[name](w);
  return countsOf(
    await rowsOf<{ at: string; count: number }>(
      w.ctx.db,
      sql`select ${bucketText}, count::int as count from (
        select ${bucketAt(w, moment)} as at, count(*) as count from ${rows} group by 1) grouped`,
    ),
  );
}

/** What runs cost, of the currency that most of them are priced in: sums of two currencies mean nothing. */
export async function readCost(w: Window): Promise<Reading> {
  const rows = await rowsOf<{ at: string; currency: string; count: number; cost: number }>(
    w.ctx.db,
    sql`select ${bucketText}, currency, count::int as count, cost from (
      select ${bucketAt(w, sql`r.created_at`)} as at, m.currency, count(*) as count, sum(r.cost_micros)::float8 / 1e6 as cost
      from runs r join models m on m.id = r.model_id
      where r.cost_micros is not null and ${runsOf(w)} group by 1, 2) grouped`,
  );
  const currencies = [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, some]) => ({
    currency,
    some,
    n: some.reduce((sum, { count }) => sum + count, 0),
  }));
  const [first, ...others] = currencies.toSorted((a, b) => b.n - a.n);
  if (!first) return { all: nothing, at: new Map() };
  const cost = first.some.reduce((sum, row) => sum + row.cost, 0);
  const left = others.reduce((sum, { n }) => sum + n, 0);
  return {
    all: { ...countNumbers(cost), n: first.n },
    at: new Map(first.some.map((row) => [row.at, { ...countNumbers(row.cost), n: row.count }])),
    note: `In ${first.currency}${left > 0 ? `; ${counted(left, "run priced otherwise is", "runs priced otherwise are")} left out` : ""}`,
  };
}

/** Runs (alias `r`) of the window. */
export function runsOf(w: Window): SQL {
  return othersOf(w, {
    org: sql`r.org_id`,
    app: sql`r.app_id`,
    type: sql`r.type_id`,
    moment: sql`r.created_at`,
  });
}
