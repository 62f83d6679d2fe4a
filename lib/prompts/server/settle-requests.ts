import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import { eq } from "drizzle-orm";
import { runRequests } from "@/db/schema";
import { submitAnswer } from "./submit-answer";
import { loadVersion } from "./version-rows";

const leaseSeconds = 60;

/**
 * Ends one request whose process is gone: what was asked goes to a person, and the model is not asked again, as it may have
 * been paid. Answers 1, or 0 when none waits. Many workers may do it: each holds the request for a while.
 */
export async function settleRequests(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const [held] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update run_requests set lease_until = now() + make_interval(secs => ${leaseSeconds})
      where id = (select id from run_requests where org_id = ${ctx.orgId} and status = 'running' and lease_until < now()
        order by id limit 1 for update skip locked) returning id`,
  );
  if (!held) return 0;
  const [request] = await ctx.db.select().from(runRequests).where(eq(runRequests.id, held.id));
  if (!request) return 0;
  try {
    const loaded = await loadVersion(ctx, request.promptVersionId);
    await submitAnswer(ctx, request, loaded, {
      failure: "The process ended while the model was asked; it is not asked again, as it may have been paid",
    });
  } catch (error) {
    log.warn({ err: error, request: request.id }, "a request could not be ended");
  }
  return 1;
}
