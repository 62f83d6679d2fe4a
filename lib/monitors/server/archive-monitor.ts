import { eq, sql } from "drizzle-orm";
import { monitors } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { MonitorView } from "../endpoints";
import { lockMonitor } from "./change-monitor";
import { endIncident } from "./incident-rows";
import { readMonitor } from "./read-monitors";

/** Stops watching; the incident that is open ends with it. Throws `not_found`. */
export async function archiveMonitor(
  ctx: Context,
  { monitor: id }: { monitor: string },
): Promise<MonitorView> {
  authorize(ctx, "monitors.write");
  return inTransaction(ctx, async (ctx) => {
    await lockMonitor(ctx, id);
    const view = await readMonitor(ctx, id);
    if (view.open_incident !== null) {
      await endIncident(ctx, view.open_incident, {
        by: actorName(ctx.actor),
        note: "The monitor was archived.",
      });
    }
    await ctx.db
      .update(monitors)
      .set({ archivedAt: sql`now()`, enabled: false })
      .where(eq(monitors.id, id));
    await emit(ctx, { type: "monitor.changed", subject: id, data: { did: "archived" } });
    await record(ctx, "monitor.archived", id);
    return { ...view, enabled: false, open_incident: null };
  });
}
