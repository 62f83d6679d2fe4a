import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";

/** Seconds beyond a model's own time after which whoever asked it is gone. */
const graceSeconds = 60;

/**
 * Ends runs whose process is gone: no question lasts longer than its model's time. The answer may have been paid for, so
 * nobody asks again by itself. Answers how many there were.
 */
export async function sweepRuns(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const swept = await rowsOf<{ id: string; purpose: string }>(
      ctx.db,
      sql`update runs r set status = 'interrupted', finished_at = now(), error_code = 'interrupted',
          error = 'The process ended while the model was asked; it may have been paid for'
        from models m where m.id = r.model_id and r.org_id = ${ctx.orgId} and r.status = 'running'
          and r.created_at < now() - make_interval(secs => m.timeout_ms / 1000.0 + ${graceSeconds})
        returning r.id, r.purpose`,
    );
    await emit(
      ctx,
      ...swept.map(({ id, purpose }) => ({
        type: "run.finished" as const,
        subject: id,
        data: { status: "interrupted", purpose },
      })),
    );
    return swept.length;
  });
}
