import { and, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { apps, autonomies, decisions, decisionTypes, stops, users } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import type { AppView, StopView } from "../views";
import { readStops } from "./list-stops";

export type AppQuery = { where: SQL | undefined; order?: SQL; limit: number };
/** Volume is counted over at most this many of the last day's decisions, so that a page never waits for history. */
const mostCounted = 100_000;

/** Apps as they are shown; the caller has authorised. Four queries, however many apps. */
export async function readApps(ctx: Context, query: AppQuery): Promise<AppView[]> {
  const rows = await ctx.db
    .select({ app: apps, ownerName: users.name })
    .from(apps)
    .leftJoin(users, and(eq(users.id, apps.ownerId), eq(users.orgId, apps.orgId)))
    .where(and(eq(apps.orgId, ctx.orgId), query.where))
    .orderBy(query.order ?? desc(apps.id))
    .limit(query.limit);
  const ids = rows.map(({ app }) => app.id);
  if (ids.length === 0) return [];
  const levels = await readLevels(ctx, ids);
  const volumes = await readVolumes(ctx, ids);
  const active = await readStops(
    ctx,
    and(eq(stops.active, true), inArray(stops.scopeId, [...ids, ctx.orgId])),
    101,
  );
  return rows.map(({ app, ownerName }) => ({
    id: app.id,
    object: "app",
    key: app.key,
    name: app.name,
    description: app.description,
    owner_id: app.ownerId,
    owner_name: ownerName,
    ...pausedBy(active, app.id),
    autonomies: levels.get(app.id) ?? [],
    decisions_24h: volumes.get(app.id) ?? 0,
    created_at: app.createdAt.toISOString(),
    archived_at: app.archivedAt?.toISOString() ?? null,
  }));
}

function pausedBy(active: readonly StopView[], appId: string): Pick<AppView, "paused" | "stop"> {
  const own = active.find((stop) => stop.scope_id === appId) ?? null;
  return { stop: own, paused: own !== null || active.some((stop) => stop.scope === "global") };
}

async function readLevels(ctx: Context, appIds: string[]): Promise<Map<string, AppView["autonomies"]>> {
  const rows = await ctx.db
    .select({
      appId: autonomies.appId,
      type: decisionTypes.key,
      typeName: decisionTypes.name,
      level: autonomies.level,
      threshold: autonomies.threshold,
    })
    .from(autonomies)
    .innerJoin(decisionTypes, eq(decisionTypes.id, autonomies.typeId))
    .where(and(eq(autonomies.orgId, ctx.orgId), inArray(autonomies.appId, appIds)))
    .orderBy(decisionTypes.key);
  const byApp = Map.groupBy(rows, (row) => row.appId);
  return new Map(
    [...byApp].map(([appId, of]) => [
      appId,
      of.map(({ type, typeName, level, threshold }) => ({ type, type_name: typeName, level, threshold })),
    ]),
  );
}

async function readVolumes(ctx: Context, appIds: string[]): Promise<Map<string, number>> {
  const recent = ctx.db
    .select({ appId: decisions.appId })
    .from(decisions)
    .where(
      and(
        eq(decisions.orgId, ctx.orgId),
        eq(decisions.measure, false),
        sql`${decisions.createdAt} > now() - interval '1 day'`,
      ),
    )
    .orderBy(desc(decisions.createdAt))
    .limit(mostCounted)
    .as("recent");
  const rows = await ctx.db
    .select({ appId: recent.appId, count: sql<number>`count(*)::int` })
    .from(recent)
    .where(inArray(recent.appId, appIds))
    .groupBy(recent.appId);
  return new Map(rows.map((row) => [row.appId, row.count]));
}
