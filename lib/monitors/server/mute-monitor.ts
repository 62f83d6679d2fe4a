import { eq, sql } from "drizzle-orm";
import { monitors } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { mostMutedDays, type MonitorView, type MuteMonitor } from "../endpoints";
import { lockMonitor } from "./change-monitor";
import { readMonitor } from "./read-monitors";

/**
 * Tells nobody of a monitor until a moment; null: from now on people are told again. It is looked at all the same. Throws
 * `not_found`, and `validation_failed` for a moment that is past or too far.
 */
export async function muteMonitor(ctx: Context, input: MuteMonitor): Promise<MonitorView> {
  authorize(ctx, "monitors.write");
  const { monitor: id, until, reason } = input;
  if (until !== null) requireSoon(ctx, until);
  return inTransaction(ctx, async (ctx) => {
    await lockMonitor(ctx, id);
    const by = actorName(ctx.actor);
    // What opened in the silence is told by the next look, which finds that it is over.
    await ctx.db
      .update(monitors)
      .set(
        until === null
          ? { mutedUntil: sql`least(muted_until, now())` }
          : { mutedUntil: sql`${until}::timestamptz`, mutedBy: by },
      )
      .where(eq(monitors.id, id));
    const did = until === null ? "unmuted" : "muted";
    await emit(ctx, { type: "monitor.changed", subject: id, data: { did, until, by } });
    await record(ctx, `monitor.${did}`, id, { until, reason });
    return readMonitor(ctx, id);
  });
}

function requireSoon(ctx: Context, until: string): void {
  const days = (Date.parse(until) - ctx.now.getTime()) / 86_400_000;
  if (days > 0 && days <= mostMutedDays) return;
  const message = `must be in the next ${mostMutedDays} days`;
  throw new DomainError("invalid", `/until: ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/until", code: "out_of_range", message }],
  });
}
