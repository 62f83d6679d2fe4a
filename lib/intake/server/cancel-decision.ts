import { moveDecision } from "@/lib/decisions/server/move-decision";
import { readDecision } from "@/lib/decisions/server/get-decision";
import type { DecisionView } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { closeReviewsOf } from "@/lib/reviews/server/close-reviews-of";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";

/**
 * Takes a decision back: while a person has it, or while its action waits for a worker. Cancelling what is already
 * cancelled answers the same. Throws `too_late_to_cancel` once it was declined, expired, or claimed for sending.
 */
export async function cancelDecision(
  ctx: Context,
  input: { params: { decision: string } },
): Promise<DecisionView> {
  authorize(ctx, "decisions.cancel");
  const seen = await readDecision(ctx, input.params.decision);
  if (seen.status === "cancelled") return seen;
  await inTransaction(ctx, async (ctx) => {
    try {
      await moveDecision(ctx, {
        decisionId: seen.id,
        from: ["in_review", "awaiting_second", "approved"],
        to: "cancelled",
      });
    } catch (error) {
      if (error instanceof DomainError && error.kind === "conflict") throw tooLate(error.message);
      throw error;
    }
    await closeReviewsOf(ctx, seen.id, "cancelled");
    await record(ctx, "decision.cancelled", seen.id);
  });
  return readDecision(ctx, seen.id);
}

function tooLate(why: string): DomainError {
  return new DomainError(
    "conflict",
    `Too late to cancel: ${why}. Once an action ran, ask for its compensation.`,
    { code: "too_late_to_cancel" },
  );
}
