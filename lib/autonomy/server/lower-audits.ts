import { and, eq, sql } from "drizzle-orm";
import { autonomies } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { isDriftConfirmed } from "./is-drift-confirmed";
import { raisedAuditsKey, type RaisedAudits } from "./raise-audits";

/**
 * Brings an audit rate that a confirmed drift raised back to what a person had set, once the drift is over. Where
 * somebody has set another one meanwhile, theirs stays. Answers whether it went back.
 */
export async function lowerAudits(ctx: Context, pair: { appId: string; typeId: string }): Promise<boolean> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const [kept] = await rowsOf<{ value: RaisedAudits }>(
      ctx.db,
      sql`select value from settings where org_id = ${ctx.orgId} and key = ${raisedAuditsKey(pair)} for update`,
    );
    if (!kept || (await isDriftConfirmed(ctx, pair))) return false;
    await rowsOf(
      ctx.db,
      sql`delete from settings where org_id = ${ctx.orgId} and key = ${raisedAuditsKey(pair)}`,
    );
    const { before, version } = kept.value;
    const back = await ctx.db
      .update(autonomies)
      .set({
        auditRate: before,
        version: version + 1,
        updatedBy: actorName(ctx.actor),
        updatedAt: sql`now()`,
      })
      .where(
        and(
          eq(autonomies.orgId, ctx.orgId),
          eq(autonomies.appId, pair.appId),
          eq(autonomies.typeId, pair.typeId),
          eq(autonomies.version, version),
        ),
      )
      .returning({ version: autonomies.version });
    if (back.length === 0) return false;
    const subject = `${pair.appId}/${pair.typeId}`;
    const data = { did: "audits_lowered", before: kept.value.after, after: before };
    await emit(ctx, { type: "autonomy.changed", subject, data });
    await record(ctx, "autonomy.audits_lowered", subject, data);
    return true;
  });
}
