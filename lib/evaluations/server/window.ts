import { sql, type SQL } from "drizzle-orm";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Step } from "../board-schema";
import type { MetricFilter } from "../schema";
import { bucketsOf, stepOf, type Bucket } from "./buckets";
import { labelled, population, spanOf } from "./population";

/** What a reader is asked: whose, over which time, and how finely it is cut. */
export type Window = {
  ctx: Context;
  filter: MetricFilter;
  from: Date;
  to: Date;
  step: Step;
  buckets: Bucket[];
};

export function windowOf(ctx: Context, filter: MetricFilter): Window {
  const span = spanOf(ctx, filter);
  const [from, to] = [new Date(span.from), new Date(span.to)];
  const step = stepOf(from, to);
  return { ctx, filter, from, to, step, buckets: bucketsOf(from, to, step) };
}

/** As {@link windowOf}, for the equally long time that ended where this one begins. */
export function previousOf({ ctx, filter, from, to }: Window): Window {
  const before = new Date(from.getTime() - (to.getTime() - from.getTime()));
  return windowOf(ctx, { ...filter, from: before.toISOString(), to: from.toISOString() });
}

/** The start of the bucket a moment falls in, without a look at any time zone: the origin was a Monday in UTC. */
export function bucketAt({ step }: Pick<Window, "step">, moment: SQL): SQL {
  return sql`date_bin(${sql.raw(`'${strides[step]}'`)}, ${moment}, '2001-01-01T00:00:00Z'::timestamptz)`;
}

const strides: Record<Step, string> = { hour: "1 hour", day: "1 day", week: "7 days" };

/** A bucket's start as {@link Bucket} spells it; for the few rows that are left once they are grouped. */
export const bucketText = sql`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') as at`;

/** Decisions (alias `d`) of the window. */
export function decisionsOf({ ctx, filter }: Window): SQL {
  return population(ctx, filter);
}

/** Decisions (alias `d`) of the window whose truth is known. */
export function labelledOf({ ctx, filter }: Window): SQL {
  return labelled(ctx, filter);
}

/** Rows of another table, of the window's app and type, whose `moment` is in it. */
export function othersOf(
  { ctx, filter, from, to }: Window,
  columns: { org: SQL; app: SQL; type?: SQL; moment?: SQL },
): SQL {
  const { app, type } = filter;
  const own = appBound(ctx);
  const parts: (SQL | undefined)[] = [
    sql`${columns.org} = ${ctx.orgId}`,
    columns.moment && sql`${columns.moment} >= ${from.toISOString()}::timestamptz`,
    // Without an end the newest count too, as for decisions.
    columns.moment && filter.to !== undefined
      ? sql`${columns.moment} < ${to.toISOString()}::timestamptz`
      : undefined,
    own === undefined ? undefined : sql`${columns.app} = ${own}`,
    app === undefined
      ? undefined
      : sql`${columns.app} = (select id from apps where org_id = ${ctx.orgId} and (key = ${app} or id = ${app}))`,
    type === undefined || columns.type === undefined
      ? undefined
      : sql`${columns.type} = (select id from decision_types where org_id = ${ctx.orgId} and (key = ${type} or id = ${type}))`,
  ];
  return sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  );
}

/** Which parts of the filter a reader of other tables cannot follow, as a tile says them. */
export function notNarrowedBy({ prompt_version, model, segment, labelled }: MetricFilter): string[] {
  return [
    prompt_version === undefined ? [] : ["prompt version"],
    model === undefined ? [] : ["model"],
    segment === undefined ? [] : ["segment"],
    labelled === undefined ? [] : ["only labelled"],
  ].flat();
}
