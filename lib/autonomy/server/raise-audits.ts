import { and, eq, isNull, sql } from "drizzle-orm";
import { autonomies, contracts } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { percentText } from "../words";
import { takeStep } from "./take-step";

export type RaiseAudits = {
  appId: string;
  typeId: string;
  /** One sentence a person understands. */
  why: string;
};

/** A rate that asks for nothing is doubled to this. */
const leastRate = 0.05;

/** The setting that remembers what a person had set, and what it was raised to. */
export function raisedAuditsKey({ appId, typeId }: { appId: string; typeId: string }): string {
  return `drift.audits.${appId}.${typeId}`;
}
export type RaisedAudits = { before: number; after: number; version: number };

/**
 * Doubles the share that is audited of what an app lets run alone, up to all of it: under its contracts, and where a
 * person set a rate. Never less, and once: what is raised already stays. Contracts go back at the night's look that finds
 * the drift over, a person's rate by lowerAudits or by the person. Answers how many rates rose.
 */
export async function raiseAudits(ctx: Context, { appId, typeId, why }: RaiseAudits): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const alone = await ctx.db
      .select({ id: contracts.id, auditRate: contracts.auditRate })
      .from(contracts)
      .where(
        and(
          eq(contracts.orgId, ctx.orgId),
          eq(contracts.appId, appId),
          eq(contracts.typeId, typeId),
          eq(contracts.level, "auto"),
          isNull(contracts.archivedAt),
        ),
      )
      .for("update");
    const rising = alone.filter(({ auditRate }) => auditRate < 1);
    for (const { id, auditRate } of rising) {
      const rate = Math.min(1, 2 * auditRate);
      const so = `${percentText(rate)} of what runs alone is audited now, after ${percentText(auditRate)}`;
      await takeStep(ctx, id, { kind: "audit_rate", rate, why: `${why} ${so}.` });
    }
    return rising.length + (await raiseOwnRate(ctx, { appId, typeId }));
  });
}

async function raiseOwnRate(ctx: Context, pair: { appId: string; typeId: string }): Promise<number> {
  const where = and(
    eq(autonomies.orgId, ctx.orgId),
    eq(autonomies.appId, pair.appId),
    eq(autonomies.typeId, pair.typeId),
  );
  const [row] = await ctx.db.select().from(autonomies).where(where).for("update");
  if (!row || row.level !== "auto" || row.auditRate >= 1) return 0;
  const after = Math.min(1, Math.max(leastRate, 2 * row.auditRate));
  const raised: RaisedAudits = { before: row.auditRate, after, version: row.version + 1 };
  const kept = await rowsOf(
    ctx.db,
    sql`insert into settings (org_id, key, value)
      values (${ctx.orgId}, ${raisedAuditsKey(pair)}, ${JSON.stringify(raised)}::jsonb) on conflict do nothing returning key`,
  );
  if (kept.length === 0) return 0;
  await ctx.db
    .update(autonomies)
    .set({
      auditRate: after,
      version: raised.version,
      updatedBy: actorName(ctx.actor),
      updatedAt: sql`now()`,
    })
    .where(where);
  const subject = `${pair.appId}/${pair.typeId}`;
  const data = { did: "audits_raised", before: row.auditRate, after };
  await emit(ctx, { type: "autonomy.changed", subject, data });
  await record(ctx, "autonomy.audits_raised", subject, data);
  return 1;
}
