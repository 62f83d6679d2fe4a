import { and, eq, sql } from "drizzle-orm";
import { autonomies } from "@/db/schema";
import { actorName, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { AutonomyBody } from "../inputs";
import type { AutonomyView } from "../views";
import { findApp, findType, missing, requireVersion } from "./find";
import { lapseRaises } from "./proposed-raises";
import { readAutonomies } from "./read-autonomy";

export type Pair = { appId: string; typeId: string };
type Type = Awaited<ReturnType<typeof findType>>;

/** How far an app may act alone with a type, held until the transaction ends. Throws `not_found`, `stale_version`. */
export async function holdAutonomy(
  ctx: Context,
  input: { app: string; type: string; version: number },
): Promise<{ pair: Pair; type: Type; before: AutonomyView }> {
  const app = await findApp(ctx, input.app);
  const type = await findType(ctx, input.type);
  const pair = { appId: app.id, typeId: type.id };
  await ctx.db
    .select({ version: autonomies.version })
    .from(autonomies)
    .where(and(eq(autonomies.orgId, ctx.orgId), eq(autonomies.appId, app.id), eq(autonomies.typeId, type.id)))
    .for("update");
  const [before] = await readAutonomies(ctx, pair);
  requireVersion("autonomy", input.version, before?.version ?? 0);
  return before ? { pair, type, before } : missing("decision type", input.type);
}

type Put = { pair: Pair; before: AutonomyView; autonomy: AutonomyBody; signed?: { id: string; by: string } };

/**
 * Puts a setting in force as a whole, in the transaction of the caller, who holds it, has authorised, and knows that
 * whoever had to sign it did. What was proposed on the one before lapses.
 */
export async function putAutonomy(
  ctx: Context,
  { pair, before, autonomy, signed }: Put,
): Promise<AutonomyView> {
  if (!(await write(ctx, pair, autonomy))) requireVersion("autonomy", autonomy.version, 1);
  await lapseRaises(ctx, pair);
  const [after] = await readAutonomies(ctx, pair);
  if (!after) return missing("decision type", pair.typeId);
  const subject = `${pair.appId}/${pair.typeId}`;
  const { app, type, level, threshold } = after;
  const by = signed ? { proposal: signed.id, proposed_by: signed.by } : {};
  await emit(ctx, { type: "autonomy.changed", subject, data: { app, type, level, threshold, ...by } });
  await record(ctx, "autonomy.changed", subject, { before: figures(before), after: figures(after), ...by });
  return after;
}

// The first row has nothing to lock: of two that make it, the unique key lets one through.
async function write(ctx: Context, { appId, typeId }: Pair, autonomy: AutonomyBody): Promise<boolean> {
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
