import { and, eq, sql } from "drizzle-orm";
import { stops } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { StopInput } from "../inputs";
import type { StopView } from "../views";
import { missing } from "./find";
import { isAdmin } from "./is-admin";
import { readStops } from "./list-stops";
import { requireHuman } from "./proposed-raises";
import { holdBackClaims, stopTarget, type StopTarget } from "./stop-target";

/**
 * Turns the kill switch off again, which takes two admins, each with a reason: the first asks, and it stays on until
 * another one asks too; then what waits is sent. Asking again oneself, or resuming what runs, changes nothing. Who is no
 * admin any more has not asked.
 */
export async function resume(ctx: Context, input: StopInput): Promise<StopView> {
  authorize(ctx, "stops.resume");
  requireHuman(ctx);
  const target = await stopTarget(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    await holdBackClaims(ctx);
    const [before] = await readStops(ctx, target.where, 1);
    if (!before) return missing("kill switch for", target.scopeId);
    const { active, resumption } = before;
    const by = actorName(ctx.actor);
    if (!active || resumption?.asked_by === by) return before;
    const asked = resumption !== null && (await isAdmin(ctx, resumption.asked_by)) ? resumption : null;
    if (asked === null) await ask(ctx, target, input.reason);
    else await turnOff(ctx, target, { reason: input.reason, asked });
    const [after] = await readStops(ctx, target.where, 1);
    return after ?? missing("kill switch for", target.scopeId);
  });
}

async function ask(ctx: Context, target: StopTarget, reason: string): Promise<void> {
  const by = actorName(ctx.actor);
  await ctx.db
    .update(stops)
    .set({
      resumeAskedBy: by,
      resumeAskedAt: sql`now()`,
      resumeReason: reason,
      version: sql`${stops.version} + 1`,
    })
    .where(and(target.where, eq(stops.orgId, ctx.orgId), eq(stops.active, true)));
  const data = { scope: target.scope, reason, by };
  await emit(ctx, { type: "autonomy.resume_asked", subject: target.scopeId, data });
  await record(ctx, "autonomy.resume_asked", target.scopeId, data);
}

type Two = { reason: string; asked: NonNullable<StopView["resumption"]> };

async function turnOff(ctx: Context, target: StopTarget, { reason, asked }: Two): Promise<void> {
  await ctx.db
    .update(stops)
    .set({
      active: false,
      reason,
      changedBy: actorName(ctx.actor),
      changedAt: sql`now()`,
      resumeAskedBy: null,
      resumeAskedAt: null,
      resumeReason: null,
      version: sql`${stops.version} + 1`,
    })
    .where(and(target.where, eq(stops.orgId, ctx.orgId), eq(stops.active, true)));
  const data = { scope: target.scope, reason, asked_by: asked.asked_by, asked_because: asked.reason };
  await emit(ctx, { type: "autonomy.resumed", subject: target.scopeId, data });
  await record(ctx, "autonomy.resumed", target.scopeId, data);
}
