import { and, eq, isNull, sql } from "drizzle-orm";
import { monitors } from "@/db/schema";
import { missing, requireVersion } from "@/lib/apps/server/find";
import { sealSigningSecrets } from "@/lib/notices/server/signing-secrets";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { ChangeMonitor, MonitorMade } from "../endpoints";
import { columnsOf, newSigningSecret } from "./monitor-input";
import { readMonitor } from "./read-monitors";

/**
 * Changes a monitor as a whole; its looks begin anew, its open incident stays. Throws `not_found`, `stale_version`,
 * `invalid`.
 */
export async function changeMonitor(
  ctx: Context,
  { monitor: id, draft }: ChangeMonitor,
): Promise<MonitorMade> {
  authorize(ctx, "monitors.write");
  return inTransaction(ctx, async (ctx) => {
    const before = await lockMonitor(ctx, id);
    requireVersion("monitor", draft.version, before.version);
    const columns = await columnsOf(ctx, draft);
    const isMoved = originOf(before.webhookUrl) !== originOf(columns.webhookUrl);
    // A secret that one receiver knows is not used towards another.
    const secret =
      columns.webhookUrl !== null && (isMoved || before.webhookSecret === null) ? newSigningSecret() : null;
    const kept = columns.webhookUrl === null ? null : before.webhookSecret;
    await ctx.db
      .update(monitors)
      .set({
        ...columns,
        webhookSecret: secret === null ? kept : sealSigningSecrets(id, [secret]),
        streak: 0,
        pendingState: null,
        version: sql`${monitors.version} + 1`,
      })
      .where(eq(monitors.id, id));
    const { metric, alert_at, window_minutes, enabled } = draft;
    await emit(ctx, { type: "monitor.changed", subject: id, data: { did: "changed", metric } });
    await record(ctx, "monitor.changed", id, { metric, alert_at, window_minutes, enabled });
    return { ...(await readMonitor(ctx, id)), webhook_secret: secret };
  });
}

function originOf(address: string | null): string | null {
  return address === null ? null : new URL(address).origin;
}

/** A monitor's row, held until the transaction ends. Throws `not_found`. */
export async function lockMonitor(ctx: Context, id: string) {
  const [row] = await ctx.db
    .select()
    .from(monitors)
    .where(and(eq(monitors.id, id), eq(monitors.orgId, ctx.orgId), isNull(monitors.archivedAt)))
    .for("update");
  return row ?? missing("monitor", id);
}
