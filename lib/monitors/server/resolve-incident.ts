import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import type { IncidentView, ResolveIncident } from "../incidents";
import { endIncident, readIncident } from "./incident-rows";

/** Says that an incident is over, and what it was. Throws `not_found`, `conflict`. */
export async function resolveIncident(ctx: Context, input: ResolveIncident): Promise<IncidentView> {
  authorize(ctx, "incidents.handle");
  return inTransaction(ctx, async (ctx) => {
    const ended = await endIncident(ctx, input.incident, { by: actorName(ctx.actor), note: input.note });
    const now = await readIncident(ctx, input.incident);
    if (!ended) throw new DomainError("conflict", "This incident is resolved already.", { code: "conflict" });
    return now;
  });
}
