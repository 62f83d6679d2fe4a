import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewFilter, ReviewTab } from "../schema";
import { inSight, mayWork, type Me } from "./queue-scope";

// Over the alias `r` of reviews. A lease or a snooze that is over has no row changed: reading says so.
export const isLive = sql`r.status in ('open', 'claimed', 'snoozed')`;
export const isFree = sql`(${isLive} and r.staged_verdict is null and (r.status = 'open'
  or (r.status = 'claimed' and r.lease_until <= now()) or (r.status = 'snoozed' and r.snoozed_until <= now())))`;
export const statusNow = sql`case
  when r.status = 'claimed' and r.lease_until <= now() and r.staged_verdict is null then 'open'
  when r.status = 'snoozed' and r.snoozed_until <= now() then 'open' else r.status end`;

/** It is `me`'s to work on, and nobody else holds it or has ruled on it: the guard of everything a reviewer does. */
export function isMineToTake(me: Me): SQL {
  return sql`(${isLive} and (r.staged_verdict is null or r.staged_by = ${me})
    and (r.status <> 'claimed' or r.claimed_by = ${me} or r.lease_until <= now())
    and ${mayWork(me)})`;
}

export function isHeldBy(me: string): SQL {
  return sql`(r.status = 'claimed' and r.claimed_by = ${me} and r.lease_until > now())`;
}

/** RFC 3339 text straight from SQL: one format for both drivers. */
export const stamp = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** The condition of a tab over alias `r`, for the person who asks. */
export function inTab(tab: ReviewTab, me: string): SQL {
  switch (tab) {
    case "unclaimed":
      return isFree;
    case "mine":
      return sql`((${isHeldBy(me)} and r.staged_verdict is null) or (r.assigned_to = ${me} and ${isFree}))`;
    case "snoozed":
      return sql`(r.status = 'snoozed' and r.snoozed_until > now())`;
    case "available":
      return sql`(${isFree} or (${isHeldBy(me)} and r.staged_verdict is null))`;
    case "open":
      return sql`(${isLive} and r.staged_verdict is null and not (r.status = 'snoozed' and r.snoozed_until > now()))`;
    case "resolved":
      return sql`(r.resolved_at is not null)`;
  }
}

/** Conditions over alias `r` of a filter, within what the actor may see; empty when that is everything. */
export async function filtered(ctx: Context, filter: ReviewFilter): Promise<SQL> {
  const { app, type, queue } = filter;
  const sight = await inSight(ctx);
  if (!app && !type && !queue) return sight;
  // Looked up first: with the ids before it, the planner knows whether they are common or rare.
  const [ids] = await rowsOf<{ app: string | null; type: string | null; queue: string | null }>(
    ctx.db,
    sql`select (select id from apps where org_id = ${ctx.orgId} and ${app ?? null}::text in (key, id)) as app,
      (select id from decision_types where org_id = ${ctx.orgId} and ${type ?? null}::text in (key, id)) as type,
      (select id from queues where org_id = ${ctx.orgId} and ${queue ?? null}::text in (key, id)) as queue`,
  );
  const parts: SQL[] = [];
  if (app) parts.push(sql`r.app_id = ${ids?.app ?? ""}`);
  if (type) parts.push(sql`r.type_id = ${ids?.type ?? ""}`);
  if (queue) parts.push(sql`r.queue_id = ${ids?.queue ?? ""}`);
  return sql` and ${sql.join(parts, sql` and `)}${sight}`;
}

/** The person who acts, as stored (`user:<id>`). Throws `forbidden` for anybody who is not a person. */
export function personOf(ctx: Context): string {
  if (ctx.actor.kind === "user") return actorName(ctx.actor);
  throw new DomainError("forbidden", "Only a person can do this: use a personal access token or sign in.");
}
