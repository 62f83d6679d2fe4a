import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { AcknowledgeIncident, IncidentView } from "../incidents";
import { happened, readIncident } from "./incident-rows";

/** Says that somebody looks after an incident. Throws `not_found`, `conflict`. */
export async function acknowledgeIncident(ctx: Context, input: AcknowledgeIncident): Promise<IncidentView> {
  authorize(ctx, "incidents.handle");
  return inTransaction(ctx, async (ctx) => {
    const by = actorName(ctx.actor);
    const note = input.note === "" ? null : input.note;
    const taken = await rowsOf(
      ctx.db,
      sql`update incidents set status = 'acknowledged', acknowledged_by = ${by}, acknowledged_at = now(), updated_at = now(),
          note = coalesce(${note}, note), detail = ${happened({ did: "acknowledged", by, note })}
        where id = ${input.incident} and org_id = ${ctx.orgId} and status = 'open' returning id`,
    );
    const now = await readIncident(ctx, input.incident);
    if (taken.length === 0) {
      throw new DomainError("conflict", `This incident is ${now.status}.`, { code: "conflict" });
    }
    await emit(ctx, { type: "incident.changed", subject: now.id, data: { status: now.status, by } });
    await record(ctx, "incident.acknowledged", now.id);
    return now;
  });
}
