import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ForwardInput, Passed } from "../passing";
import { addNote } from "./add-note";
import { lostReview } from "./lost-review";
import { holdForPassing, letGo, passed, requireAble } from "./pass-parts";
import { isLive, isMineToTake, personOf } from "./review-sql";
import { expectedLossSql } from "./score-reviews";

/**
 * Passes a review on to another queue, to a person, or both; it is open there, due as before. Whoever may take it may
 * pass it on, and a lead of its queue or an admin also what somebody holds. Throws as claimReview does, and `invalid`
 * with a pointer where it cannot go.
 */
export async function forwardReview(ctx: Context, input: ForwardInput): Promise<Passed> {
  authorize(ctx, "reviews.forward");
  const me = personOf(ctx);
  const { reviewId, person, note } = input;
  return inTransaction(ctx, async (ctx) => {
    const review = await holdForPassing(ctx, reviewId);
    const queueId = input.queue === undefined ? review.queue_id : await targetQueue(ctx, input.queue);
    if (queueId === review.queue_id && person === undefined)
      throw nowhere("/queue", "is where it is already");
    if (person !== undefined) await requireAble(ctx, person, { id: reviewId, queueId });
    const may = review.leads ? sql`(${isLive} and r.staged_verdict is null)` : isMineToTake(me);
    const [moved] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`update reviews r set ${letGo}, queue_id = ${queueId}, version = r.version + 1,
          assigned_to = ${person === undefined ? null : `user:${person}`},
          expected_loss = case when q.order_by = 'expected_loss' then ${expectedLossSql} end
        from queues q, decisions d, decision_types t
        where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and q.id = ${queueId} and d.id = r.decision_id
          and t.id = r.type_id and r.staged_verdict is null and ${may}
        returning r.id`,
    );
    if (!moved) throw await lostReview(ctx, reviewId);
    if (note !== undefined) await tell(ctx, review.decision_id, note, person);
    const to = person === undefined ? null : `user:${person}`;
    const data = { by: me, from_queue: review.queue_id, queue: queueId, to, holder: review.holder };
    const about = { subject: reviewId, decisionId: review.decision_id };
    await emit(ctx, { type: "review.forwarded", ...about, data });
    if (to !== null)
      await emit(ctx, { type: "review.assigned", ...about, data: { by: me, to, reason: "forwarded" } });
    const where = await passed(ctx, reviewId);
    await record(ctx, "review.forwarded", reviewId, { from_queue: review.queue_id, queue: queueId, to });
    return where;
  });
}

async function tell(ctx: Context, decision: string, text: string, person: string | undefined): Promise<void> {
  const mentions = person === undefined ? [] : [person];
  await addNote(ctx, { params: { decision }, body: { text, mentions } });
}

async function targetQueue(ctx: Context, idOrKey: string): Promise<string> {
  const [queue] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from queues where org_id = ${ctx.orgId} and ${idOrKey} in (key, id) and archived_at is null`,
  );
  if (!queue) throw nowhere("/queue", "is no queue in use");
  return queue.id;
}

function nowhere(pointer: string, message: string): DomainError {
  return new DomainError("invalid", `${pointer} ${message}`, {
    code: "validation_failed",
    errors: [{ pointer, code: "no_target", message, fix: "Name another queue, or a person." }],
  });
}
