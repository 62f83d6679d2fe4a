import { sql, type SQL } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { StageVerdict } from "../schema";
import { DomainError } from "@/lib/kernel/errors";
import { completeRuling } from "./check-ruling";
import { lostReview } from "./lost-review";
import { readCase } from "./read-case";
import { checkedPlan } from "./resolve-review";
import { isHeldBy, isMineToTake, personOf, stamp } from "./review-sql";

export type Staged = { reviewId: string; effectiveAt: string; undoSeconds: number };

/**
 * Gives a verdict that takes effect after the queue's undo time unless it is taken back; the server owns the timer
 * (commitDueVerdicts). The review counts as held meanwhile. One that was kept without a connection is given once, and
 * only under the claim it was given under. Throws as claimReview does, `validation_failed` for a verdict that does not
 * fit, `review_expired` when its time is over, `lease_lost` for a kept one whose claim ran out.
 */
export async function stageVerdict(ctx: Context, input: StageVerdict): Promise<Staged> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  const { reviewId, kept } = input;
  const about = await readCase(ctx, reviewId);
  const ruling = completeRuling(input.ruling, about);
  if (ruling.verdict === "approve" && ruling.break_glass !== undefined) throw noHold();
  await checkedPlan(ctx, ruling, about);
  return inTransaction(ctx, async (ctx) => {
    const [staged] = await rowsOf<{ decision_id: string; effective_at: string; undo_seconds: number }>(
      ctx.db,
      sql`update reviews r set status = 'claimed', claimed_by = ${me}, snoozed_until = null,
          claimed_at = case when r.claimed_by = ${me} then r.claimed_at else now() end,
          lease_until = now() + make_interval(secs => q.lease_seconds),
          staged_verdict = ${ruling.verdict}, staged_by = ${me}, staged_at = now(),
          effective_at = now() + make_interval(secs => q.undo_seconds),
          edited_arguments = ${ruling.verdict === "edit" ? JSON.stringify(ruling.arguments) : null}::jsonb,
          reason_code = ${ruling.verdict === "decline" ? (ruling.reason_code ?? null) : null},
          note = ${ruling.note ?? null}, version = r.version + 1
        from queues q, decisions d
        where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and q.id = r.queue_id and d.id = r.decision_id
          and ${isMineToTake(me)} and ${kept ? asKept(me, kept) : sql`true`} and d.status in ('in_review', 'awaiting_second') and (d.expires_at is null or d.expires_at > now())
        returning r.decision_id, ${stamp("r.effective_at")} as effective_at, q.undo_seconds`,
    );
    if (!staged) throw lostClaim(await lostReview(ctx, reviewId), kept);
    const { verdict } = ruling;
    await emit(ctx, {
      type: "review.staged",
      subject: reviewId,
      decisionId: staged.decision_id,
      data: { by: me, verdict },
    });
    await record(ctx, "review.staged", reviewId, { verdict, effective_at: staged.effective_at });
    return { reviewId, effectiveAt: staged.effective_at, undoSeconds: staged.undo_seconds };
  });
}

type Kept = NonNullable<StageVerdict["kept"]>;

// The answer to an earlier try may have been lost on its way: what was staged then is not staged again.
function asKept(me: string, { held }: Kept): SQL {
  return sql`r.staged_verdict is null and ${held ? isHeldBy(me) : sql`true`}`;
}

function lostClaim(lost: DomainError, kept: Kept | undefined): DomainError {
  // Somebody else's word or claim says more than that this one's is over.
  if (!kept?.held || lost.code !== "conflict") return lost;
  const message = "Your claim ran out before this could be sent; nothing was changed";
  return new DomainError("conflict", message, { code: "lease_lost" });
}

function noHold(): DomainError {
  const message = "Breaking the glass takes effect at once";
  const errors = [{ pointer: "/ruling/break_glass", code: "takes_effect_at_once", message }];
  return new DomainError("invalid", message, { code: "validation_failed", errors });
}
