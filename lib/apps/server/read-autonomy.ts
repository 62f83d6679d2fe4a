import { and, asc, eq, isNull } from "drizzle-orm";
import { apps, autonomies, contracts, decisionTypes } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import type { AutonomyView } from "../views";
import { openRaises } from "./proposed-raises";

type Pair = { appId: string; typeId?: string };

/**
 * How far an app may act alone: one row a live decision type (or the one asked for). What nobody has set reads as
 * review_all, version 0. The caller has authorised.
 */
export async function readAutonomies(ctx: Context, { appId, typeId }: Pair): Promise<AutonomyView[]> {
  const rows = await ctx.db
    .select({ app: apps, type: decisionTypes, set: autonomies })
    .from(decisionTypes)
    .innerJoin(apps, and(eq(apps.orgId, decisionTypes.orgId), eq(apps.id, appId)))
    .leftJoin(autonomies, and(eq(autonomies.appId, appId), eq(autonomies.typeId, decisionTypes.id)))
    .where(
      and(
        eq(decisionTypes.orgId, ctx.orgId),
        typeId ? eq(decisionTypes.id, typeId) : isNull(decisionTypes.archivedAt),
      ),
    )
    .orderBy(asc(decisionTypes.key))
    .limit(200);
  const governing = await ctx.db
    .select({ id: contracts.id, predicted: contracts.predicted, typeId: contracts.typeId })
    .from(contracts)
    .where(and(eq(contracts.appId, appId), isNull(contracts.archivedAt)))
    .orderBy(asc(contracts.id));
  const raises = await openRaises(ctx, appId);
  return rows.map(({ app, type, set }) => ({
    object: "autonomy",
    app_id: app.id,
    app: app.key,
    type_id: type.id,
    type: type.key,
    type_name: type.name,
    level: set?.level ?? "review_all",
    threshold: set?.threshold ?? null,
    decline_threshold: set?.declineThreshold ?? null,
    audit_rate: set?.auditRate ?? 1,
    amount_cap: set?.amountCap ?? null,
    currency: type.currency,
    sla_minutes: set?.slaMinutes ?? 240,
    on_timeout: set?.onTimeout ?? "escalate",
    contracts: governing.flatMap(({ id, predicted, typeId: of }) =>
      of === type.id ? [{ id, predicted }] : [],
    ),
    raising_takes_two: type.raisingTakesTwo,
    proposal: raises.get(type.id) ?? null,
    version: set?.version ?? 0,
    updated_by: set?.updatedBy ?? null,
    updated_at: set?.updatedAt.toISOString() ?? null,
  }));
}
