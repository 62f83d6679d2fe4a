import { sql } from "drizzle-orm";
import { oneTimeTokens } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { personOf } from "@/lib/reviews/server/review-sql";
import { stageVerdict, type Staged } from "@/lib/reviews/server/stage-verdict";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { ownId } from "./get-preferences";
import { liveLink } from "./mailed-link";

type Link = { reviewId: string; token: string };

/**
 * Approves by a link that was mailed to this very person, once and while it is fresh, through the same verb as on screen:
 * their role and everything about the review are looked at now. Nothing is used up where that refuses. Throws
 * `one_time_link_used` for a link that is not theirs, was used or lapsed; else as stageVerdict.
 */
export async function approveFromLink(ctx: Context, link: Link): Promise<Staged> {
  authorize(ctx, "reviews.rule");
  personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const used = await ctx.db
      .update(oneTimeTokens)
      .set({ usedAt: sql`now()` })
      .where(liveLink(ownId(ctx), link))
      .returning({ usedAt: oneTimeTokens.usedAt });
    if (used.length === 0) {
      throw new DomainError(
        "gone",
        "This link was made for somebody else, was used, or is older than four hours. Open the review instead.",
        { code: "one_time_link_used" },
      );
    }
    const staged = await stageVerdict(ctx, { reviewId: link.reviewId, ruling: { verdict: "approve" } });
    await record(ctx, "review.approved_by_link", link.reviewId);
    return staged;
  });
}

/** Whether a link would still work for this person; looking at it uses nothing up. */
export async function describeLink(ctx: Context, link: Link): Promise<{ works: boolean }> {
  authorize(ctx, "reviews.read");
  const [row] = await ctx.db
    .select({ purpose: oneTimeTokens.purpose })
    .from(oneTimeTokens)
    .where(liveLink(ownId(ctx), link));
  return { works: row !== undefined };
}
