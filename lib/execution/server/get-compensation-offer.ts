import { authorize, may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { CompensationOffer } from "../undo";
import { readUndoable, refusalOf } from "./compensate-execution";

/**
 * Whether this person may propose to undo an execution, for the button: nothing is asked of the target here; the
 * proposal does.
 */
export async function getCompensationOffer(
  ctx: Context,
  { executionId }: { executionId: string },
): Promise<CompensationOffer> {
  authorize(ctx, "executions.read");
  const undoable = await readUndoable(ctx, executionId);
  const role = may(ctx.actor, "executions.compensate")
    ? null
    : "Reviewers and admins propose to undo things.";
  return {
    type: undoable.by_type?.name ?? null,
    refusal: refusalOf(undoable) ?? role,
    standing: undoable.standing,
    failed_tries: undoable.failed_tries,
  };
}
