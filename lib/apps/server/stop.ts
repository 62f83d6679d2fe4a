import { and, eq, type SQL, sql } from "drizzle-orm";
import { certifications, executions, stops } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { StopInput } from "../inputs";
import type { StopResult } from "../views";
import { missing } from "./find";
import { readStops } from "./list-stops";
import { holdBackClaims, stopTarget, type StopTarget } from "./stop-target";

const mostListed = 1000;

/**
 * Turns the kill switch on. The update waits for claims that hold the switch, so that when this returns nothing
 * new of the scope is sent; what was under way then is in the answer. Stopping what is stopped changes nothing and
 * answers the same. Throws `not_found` for an app, type or connector that is not there.
 */
export async function stop(ctx: Context, input: StopInput): Promise<StopResult> {
  authorize(ctx, "stops.stop");
  const target = await stopTarget(ctx, input);
  return inTransaction(ctx, async (ctx) => {
    await holdBackClaims(ctx);
    const turned = await turnOn(ctx, target, input.reason);
    const [view] = await readStops(ctx, target.where, 1);
    if (!view) return missing("kill switch for", target.scopeId);
    const inFlight = await listInFlight(ctx, target);
    if (turned) {
      const data = { scope: target.scope, reason: input.reason, in_flight: inFlight.count };
      await emit(ctx, { type: "autonomy.paused", subject: target.scopeId, data });
      await record(ctx, "autonomy.paused", target.scopeId, data);
    }
    return { ...view, in_flight: inFlight };
  });
}

async function turnOn(ctx: Context, target: StopTarget, reason: string): Promise<boolean> {
  const turned = await ctx.db
    .update(stops)
    .set({
      active: true,
      reason,
      changedBy: actorName(ctx.actor),
      changedAt: sql`now()`,
      version: sql`${stops.version} + 1`,
    })
    .where(and(target.where, eq(stops.orgId, ctx.orgId), eq(stops.active, false)))
    .returning({ scopeId: stops.scopeId });
  return turned.length > 0;
}

// Read after the switch is ours: a claim that came first has committed, and a later one sees the switch on.
async function listInFlight(ctx: Context, target: StopTarget): Promise<StopResult["in_flight"]> {
  const here = and(eq(executions.orgId, ctx.orgId), eq(executions.status, "in_flight"), inScope(target));
  const rows = await ctx.db
    .select({ id: executions.id, count: sql<number>`(count(*) over ())::int` })
    .from(executions)
    .where(here)
    .orderBy(executions.id)
    .limit(mostListed);
  const calling = await listCalling(ctx, target);
  return {
    count: (rows[0]?.count ?? 0) + calling.length,
    execution_ids: rows.map((row) => row.id),
    certification_ids: calling,
  };
}

async function listCalling(ctx: Context, target: StopTarget): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: certifications.id })
    .from(certifications)
    .where(
      and(
        eq(certifications.orgId, ctx.orgId),
        eq(certifications.status, "running"),
        sql`${certifications.checks} ->> 'calling_since' is not null`,
        calledFor(target),
      ),
    )
    .orderBy(certifications.id);
  return rows.map((row) => row.id);
}

// A certification run does what every type that carries its action out would, in every app that uses the type.
function calledFor({ scope, scopeId }: StopTarget): SQL | undefined {
  if (scope === "global") return undefined;
  if (scope === "connector") return eq(certifications.connectorId, scopeId);
  return scope === "type"
    ? sql`${certifications.actionId} in (select t.action_id from decision_types t where t.id = ${scopeId})`
    : sql`${certifications.actionId} in (select t.action_id from autonomies u
        join decision_types t on t.id = u.type_id where u.app_id = ${scopeId})`;
}

function inScope({ scope, scopeId }: StopTarget): SQL | undefined {
  if (scope === "global") return undefined;
  const column = { app: executions.appId, type: executions.typeId, connector: executions.connectorId }[scope];
  return eq(column, scopeId);
}
