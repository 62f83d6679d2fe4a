import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { Passed, ReassignInput } from "../passing";
import { lostReview } from "./lost-review";
import { holdForPassing, letGo, passed, requireAble, type Passing } from "./pass-parts";
import { isLive, personOf } from "./review-sql";

/**
 * Says who does a review, or that nobody in particular does: for leads of its queue, and admins. Whoever holds it loses
 * it, unless they have given a verdict. Throws `forbidden`, `not_found`, `invalid` at /person, and as claimReview does.
 */
export async function reassignReview(ctx: Context, { reviewId, person }: ReassignInput): Promise<Passed> {
  authorize(ctx, "queues.lead");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const review = await holdForPassing(ctx, reviewId);
    requireLead(review);
    if (person !== null) await requireAble(ctx, person, { id: reviewId, queueId: review.queue_id });
    const to = person === null ? null : `user:${person}`;
    const [given] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`update reviews r set ${letGo}, assigned_to = ${to}, version = r.version + 1
        where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and ${isLive} and r.staged_verdict is null returning r.id`,
    );
    if (!given) throw await lostReview(ctx, reviewId);
    const type = to === null ? "review.unassigned" : "review.assigned";
    const data = { by: me, to, holder: review.holder, reason: "reassigned" };
    await emit(ctx, { type, subject: reviewId, decisionId: review.decision_id, data });
    const where = await passed(ctx, reviewId);
    await record(ctx, "review.reassigned", reviewId, { to, holder: review.holder });
    return where;
  });
}

export function requireLead(review: Passing): void {
  if (review.leads) return;
  throw new DomainError("forbidden", "Only a lead of its queue, or an admin, says who does it", {
    code: "not_a_lead",
  });
}
