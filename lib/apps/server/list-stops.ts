import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { apps, connectors, decisionTypes, stops, users } from "@/db/schema";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { StopFilter } from "../inputs";
import type { StopScope } from "../schema";
import type { StopView } from "../views";

/** The kill switches, with who turned them last; ordered by scope_id (every app, connector, type and organisation has an id of its own). */
export async function listStops(ctx: Context, filter: StopFilter): Promise<List<StopView>> {
  authorize(ctx, "apps.read");
  const rows = await readStops(
    ctx,
    and(
      filter.scope === undefined ? undefined : eq(stops.scope, filter.scope),
      filter.active === undefined ? undefined : eq(stops.active, filter.active),
      filter.starting_after === undefined ? undefined : gt(stops.scopeId, filter.starting_after),
    ),
    filter.limit + 1,
  );
  return {
    object: "list",
    url: "/api/v1/stops",
    has_more: rows.length > filter.limit,
    data: rows.slice(0, filter.limit),
  };
}

/** What is stopped now, everything first: for the banner of every page. */
export async function listActiveStops(ctx: Context): Promise<StopView[]> {
  authorize(ctx, "apps.read");
  const active = await readStops(ctx, eq(stops.active, true), 100);
  return active.toSorted((a, b) => Number(b.scope === "global") - Number(a.scope === "global"));
}

/** One switch as it is, on or off; undefined when there is nothing of that id. */
export async function findStop(
  ctx: Context,
  scope: StopScope,
  scopeId: string,
): Promise<StopView | undefined> {
  authorize(ctx, "apps.read");
  const [found] = await readStops(ctx, and(eq(stops.scope, scope), eq(stops.scopeId, scopeId)), 1);
  return found;
}

/** Switches as they are shown; the caller has authorised. */
export async function readStops(ctx: Context, where: SQL | undefined, limit: number): Promise<StopView[]> {
  const rows = await ctx.db
    .select({
      stop: stops,
      appName: apps.name,
      name: sql<string | null>`coalesce(${apps.name}, ${decisionTypes.name}, ${connectors.name})`,
      changedByName: users.name,
    })
    .from(stops)
    .leftJoin(apps, and(eq(stops.scope, "app"), eq(apps.id, stops.scopeId)))
    .leftJoin(decisionTypes, and(eq(stops.scope, "type"), eq(decisionTypes.id, stops.scopeId)))
    .leftJoin(connectors, and(eq(stops.scope, "connector"), eq(connectors.id, stops.scopeId)))
    .leftJoin(users, and(eq(users.orgId, stops.orgId), eq(stops.changedBy, sql`'user:' || ${users.id}`)))
    .where(and(eq(stops.orgId, ctx.orgId), where))
    .orderBy(asc(stops.scopeId))
    .limit(limit);
  return rows.map(({ stop, appName, name, changedByName }) => ({
    object: "stop",
    scope: stop.scope,
    scope_id: stop.scopeId,
    app_name: appName,
    name,
    active: stop.active,
    reason: stop.reason,
    changed_by: stop.changedBy,
    changed_by_name: changedByName,
    changed_at: stop.changedAt?.toISOString() ?? null,
    version: stop.version,
  }));
}
