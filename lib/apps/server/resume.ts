import { and, eq, sql } from "drizzle-orm";
import { stops } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { StopInput } from "../inputs";
import type { StopView } from "../views";
import { missing } from "./find";
import { readStops } from "./list-stops";
import { holdBackClaims, stopTarget } from "./stop-target";

/**
 * Turns the kill switch off again: admins only, and they say why. What waits is sent from now on. Resuming what
 * runs changes nothing.
 */
export async function resume(ctx: Context, input: StopInput): Promise<StopView> {
  authorize(ctx, "stops.resume");
  const target = await stopTarget(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    await holdBackClaims(ctx);
    const turned = await ctx.db
      .update(stops)
      .set({
        active: false,
        reason: input.reason,
        changedBy: actorName(ctx.actor),
        changedAt: sql`now()`,
        version: sql`${stops.version} + 1`,
      })
      .where(and(target.where, eq(stops.orgId, ctx.orgId), eq(stops.active, true)))
      .returning({ scopeId: stops.scopeId });
    const [view] = await readStops(ctx, target.where, 1);
    if (!view) return missing("kill switch for", target.scopeId);
    if (turned.length > 0) {
      const data = { scope: target.scope, reason: input.reason };
      await emit(ctx, { type: "autonomy.resumed", subject: target.scopeId, data });
      await record(ctx, "autonomy.resumed", target.scopeId, data);
    }
    return view;
  });
}
