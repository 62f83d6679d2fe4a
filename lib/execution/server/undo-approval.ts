import type { DecisionView } from "@/lib/decisions/schema";
import { readDecision } from "@/lib/decisions/server/get-decision";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";

/**
 * Takes an approval back while its action is held: nothing was sent, and the decision ends cancelled. Undoing twice
 * answers the same. Throws `undo_window_over` once the hold is over or a worker has claimed it.
 */
export async function undoApproval(
  ctx: Context,
  input: { params: { decision: string } },
): Promise<DecisionView> {
  authorize(ctx, "decisions.undo");
  const seen = await readDecision(ctx, input.params.decision);
  if (seen.status === "cancelled") return seen;
  await inTransaction(ctx, async (ctx) => {
    try {
      await moveDecision(ctx, {
        decisionId: seen.id,
        from: ["approved"],
        to: "cancelled",
        within: "undo_window",
      });
    } catch (error) {
      if (error instanceof DomainError && error.kind === "conflict") throw tooLate(error.message);
      throw error;
    }
    await record(ctx, "decision.undone", seen.id);
  });
  return readDecision(ctx, seen.id);
}

function tooLate(why: string): DomainError {
  return new DomainError("conflict", `Too late to undo: ${why}.`, { code: "undo_window_over" });
}
