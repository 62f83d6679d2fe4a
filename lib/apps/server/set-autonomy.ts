import { and, eq, sql } from "drizzle-orm";
import { autonomies } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { SetAutonomy } from "../inputs";
import type { AutonomyView } from "../views";
import { findApp, findType, missing, requireVersion } from "./find";
import { readAutonomies } from "./read-autonomy";

/**
 * Sets how far an app may act alone with one decision type, as a whole. The caller names the version it read;
 * throws `stale_version` when somebody was first. Decisions already routed stay as they were routed.
 */
export async function setAutonomy(ctx: Context, input: SetAutonomy): Promise<AutonomyView> {
  authorize(ctx, "autonomy.write");
  return inTransaction(ctx, async (ctx) => {
    const app = await findApp(ctx, input.app);
    const type = await findType(ctx, input.type);
    const pair = { appId: app.id, typeId: type.id };
    await lockRow(ctx, pair);
    const [before] = await readAutonomies(ctx, pair);
    requireVersion("autonomy", input.autonomy.version, before?.version ?? 0);
    const written = await write(ctx, pair, input.autonomy);
    if (!written) requireVersion("autonomy", input.autonomy.version, 1);
    const [after] = await readAutonomies(ctx, pair);
    if (!before || !after) return missing("decision type", input.type);
    const subject = `${app.id}/${type.id}`;
    await emit(ctx, {
      type: "autonomy.changed",
      subject,
      data: { app: app.key, type: type.key, level: after.level, threshold: after.threshold },
    });
    await record(ctx, "autonomy.changed", subject, { before: figures(before), after: figures(after) });
    return after;
  });
}

type Pair = { appId: string; typeId: string };

async function lockRow(ctx: Context, { appId, typeId }: Pair): Promise<void> {
  await ctx.db
    .select({ version: autonomies.version })
    .from(autonomies)
    .where(and(eq(autonomies.orgId, ctx.orgId), eq(autonomies.appId, appId), eq(autonomies.typeId, typeId)))
    .for("update");
}

// The first row has nothing to lock: of two that make it, the unique key lets one through.
async function write(
  ctx: Context,
  { appId, typeId }: Pair,
  autonomy: SetAutonomy["autonomy"],
): Promise<boolean> {
  const values = {
    level: autonomy.level,
    threshold: autonomy.threshold,
    declineThreshold: autonomy.decline_threshold,
    auditRate: autonomy.audit_rate,
    amountCap: autonomy.amount_cap,
    slaMinutes: autonomy.sla_minutes,
    onTimeout: autonomy.on_timeout,
    updatedBy: actorName(ctx.actor),
  };
  const written = await ctx.db
    .insert(autonomies)
    .values({ orgId: ctx.orgId, appId, typeId, ...values })
    .onConflictDoUpdate({
      target: [autonomies.appId, autonomies.typeId],
      set: { ...values, version: sql`${autonomies.version} + 1`, updatedAt: sql`now()` },
      setWhere: eq(autonomies.version, autonomy.version),
    })
    .returning({ version: autonomies.version });
  return written.length > 0;
}

// What the journal keeps of it: figures, no names of people.
function figures({ level, threshold, ...rest }: AutonomyView) {
  const { decline_threshold, audit_rate, amount_cap, sla_minutes, on_timeout, version } = rest;
  return { level, threshold, decline_threshold, audit_rate, amount_cap, sla_minutes, on_timeout, version };
}
