import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { Passed } from "../passing";
import { lostReview } from "./lost-review";
import { holdForPassing, passed } from "./pass-parts";
import { mayWork } from "./queue-scope";
import { requireLead } from "./reassign-review";
import { isLive, personOf } from "./review-sql";

/**
 * Takes a review over from whoever holds it, for a lead of its queue who rules on it instead. Not over a verdict that
 * is given. Throws `forbidden`, `not_found`, and as claimReview does.
 */
export async function takeOverReview(ctx: Context, { reviewId }: { reviewId: string }): Promise<Passed> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const review = await holdForPassing(ctx, reviewId);
    requireLead(review);
    const [taken] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`update reviews r set status = 'claimed', claimed_by = ${me}, claimed_at = now(), snoozed_until = null,
          lease_until = now() + make_interval(secs => q.lease_seconds), assigned_to = null, version = r.version + 1
        from queues q where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and q.id = r.queue_id and ${isLive}
          and r.staged_verdict is null and ${mayWork(me)}
        returning r.id`,
    );
    if (!taken) throw await lostReview(ctx, reviewId);
    const data = { by: me, holder: review.holder };
    await emit(ctx, { type: "review.taken_over", subject: reviewId, decisionId: review.decision_id, data });
    const where = await passed(ctx, reviewId);
    await record(ctx, "review.taken_over", reviewId, { holder: review.holder });
    return where;
  });
}
