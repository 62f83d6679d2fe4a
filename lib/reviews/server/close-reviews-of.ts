import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import { isLive } from "./review-sql";

/**
 * Closes what still waits on a decision that ended in another way, in the caller's transaction and after the decision
 * was moved. Answers how many were closed.
 */
export async function closeReviewsOf(
  ctx: Context,
  decisionId: string,
  status: "cancelled" | "expired",
): Promise<number> {
  authorize(ctx, status === "cancelled" ? "decisions.cancel" : "system.run");
  const closed = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update reviews r set status = ${status}, resolved_by = ${actorName(ctx.actor)}, resolved_at = now(),
        staged_verdict = null, staged_by = null, staged_at = null, effective_at = null, lease_until = null,
        snoozed_until = null, version = r.version + 1
      where r.decision_id = ${decisionId} and r.org_id = ${ctx.orgId} and ${isLive} returning r.id`,
  );
  const type = status === "cancelled" ? "review.cancelled" : "review.expired";
  await emit(
    ctx,
    ...closed.map(
      ({ id }) => ({ type, subject: id, decisionId, data: { by: actorName(ctx.actor) } }) as const,
    ),
  );
  return closed.length;
}
