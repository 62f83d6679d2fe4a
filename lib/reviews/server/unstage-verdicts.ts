import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { inTurns } from "./in-turns";
import { unstageVerdict } from "./unstage-verdict";

/** Takes back the verdicts of one gesture, each by itself. Answers which came back; for the others it was too late. */
export async function unstageVerdicts(
  ctx: Context,
  { reviewIds }: { reviewIds: string[] },
): Promise<{ taken: string[]; late: string[] }> {
  authorize(ctx, "reviews.rule");
  const answers = await inTurns([...new Set(reviewIds)], async (reviewId) => {
    try {
      await unstageVerdict(ctx, { reviewId });
      return { reviewId, taken: true };
    } catch (error) {
      if (error instanceof DomainError) return { reviewId, taken: false };
      throw error;
    }
  });
  const of = (taken: boolean) =>
    answers.filter((each) => each.taken === taken).map(({ reviewId }) => reviewId);
  return { taken: of(true), late: of(false) };
}
