import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Ruling } from "../schema";
import { resolveReview } from "./resolve-review";

/**
 * An approval on screen without the others, effective at once: there is no undo time to hide behind. Throws as
 * resolveReview does; `validation_failed` without a reason.
 */
export async function breakTheGlass(
  ctx: Context,
  { reviewId, ruling }: { reviewId: string; ruling: Ruling },
): Promise<{ reviewId: string }> {
  authorize(ctx, "reviews.break_glass");
  if (ruling.verdict !== "approve" || ruling.break_glass === undefined) {
    const message = "Say why the others cannot be had";
    throw new DomainError("invalid", message, {
      code: "validation_failed",
      errors: [{ pointer: "/ruling/break_glass", code: "required", message }],
    });
  }
  await resolveReview(ctx, { reviewId, ruling });
  return { reviewId };
}
