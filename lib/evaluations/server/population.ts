import { sql, type SQL } from "drizzle-orm";
import { inSegment } from "@/lib/decisions/server/in-segment";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { MetricFilter } from "../schema";

const defaultDays = 30;

/** The span a figure is about, [from, to). */
export function spanOf(ctx: Context, filter: MetricFilter): { from: string; to: string } {
  const to = filter.to === undefined ? ctx.now : new Date(filter.to);
  const from = filter.from === undefined ? to.getTime() - defaultDays * 86_400_000 : Date.parse(filter.from);
  return { from: new Date(from).toISOString(), to: to.toISOString() };
}

/** Condition over alias `d` for the decisions a figure is about; an app's key counts its own app only. */
export function population(ctx: Context, filter: MetricFilter): SQL {
  const { from, to } = spanOf(ctx, filter);
  const own = appBound(ctx);
  const parts: (SQL | undefined)[] = [
    sql`d.org_id = ${ctx.orgId}`,
    // A copy that measures a reviewer is no decision of any app; one with a truth is none (a check), and saying so would
    // read the wide rows of all that are labelled.
    filter.labelled === undefined ? sql`not d.measure` : sql`d.truth is not null`,
    sql`d.created_at >= ${from}::timestamptz`,
    // Without an end the newest count too: a process's clock may be behind the database's.
    filter.to === undefined ? undefined : sql`d.created_at < ${to}::timestamptz`,
    own === undefined ? undefined : sql`d.app_id = ${own}`,
    filter.app === undefined
      ? undefined
      : sql`d.app_id = (select id from apps where org_id = ${ctx.orgId} and (key = ${filter.app} or id = ${filter.app}))`,
    filter.type === undefined
      ? undefined
      : sql`d.type_id = (select id from decision_types where org_id = ${ctx.orgId} and (key = ${filter.type} or id = ${filter.type}))`,
    filter.prompt_version === undefined ? undefined : sql`d.prompt_version = ${filter.prompt_version}`,
    filter.model === undefined ? undefined : sql`d.model->>'name' = ${filter.model}`,
    filter.segment === undefined ? undefined : inSegment(ctx, filter.type, filter.segment),
  ];
  return sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  );
}

/** As {@link population}, of decisions whose truth is known: read through the index of what is labelled. */
export function labelled(ctx: Context, filter: MetricFilter): SQL {
  return population(ctx, { ...filter, labelled: "true" });
}

/** The same as a query of the decisions list, for the link to the rows behind a figure. */
export function rowsBehind(
  ctx: Context,
  filter: MetricFilter,
  more: Record<string, string> = {},
): Record<string, string> {
  const { from, to } = spanOf(ctx, filter);
  return {
    ...(filter.app === undefined ? {} : { app: filter.app }),
    ...(filter.type === undefined ? {} : { type: filter.type }),
    ...(filter.prompt_version === undefined ? {} : { prompt_version: filter.prompt_version }),
    ...(filter.model === undefined ? {} : { model: filter.model }),
    ...(filter.segment === undefined ? {} : { segment: filter.segment }),
    ...(filter.labelled === undefined ? {} : { truth: "known" }),
    "created_at[gte]": from,
    ...(filter.to === undefined ? {} : { "created_at[lt]": to }),
    ...more,
  };
}

/**
 * Decisions whose action has not run, with where it stands, as a CTE named `not_run (id, status)`: read through the
 * partial indexes of what is unfinished or ended badly, never through the many that succeeded.
 */
export function withNotRun(ctx: Context): SQL {
  const where = (arm: SQL) =>
    sql`select decision_id, status from executions where org_id = ${ctx.orgId} and kind = 'action' and ${arm}`;
  return sql`with not_run (id, status) as materialized (
    ${where(sql`status in ('failed', 'cancelled', 'unknown', 'dead', 'disputed')`)}
    union all ${where(sql`status = 'in_flight'`)}
    union all ${where(sql`status = 'pending' and not needs_person and connector_id is not null`)}
    union all ${where(sql`status = 'pending' and not needs_person and connector_id is null`)}
    union all ${where(sql`status = 'pending' and last_error is not null and needs_person`)})`;
}

/**
 * True of a decision (alias `d`, routed execute or decline) that ran alone: nothing was to be carried out, or it was
 * carried out. A failed or cancelled execution did nothing, and whether it fails does not depend on the audit's draw.
 * Stands in a query that begins with {@link withNotRun}.
 */
export const ranAlone = sql`d.status in ('approved', 'declined') and not exists (select 1 from not_run n where n.id = d.id)`;
