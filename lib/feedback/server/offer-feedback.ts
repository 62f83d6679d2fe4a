import { sql } from "drizzle-orm";
import { feedbackLinks } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { origin } from "@/lib/server/origin";
import type { FeedbackLinkView, OfferFeedback } from "../links";
import { feedbackTargets } from "./feedback-targets";
import { makeToken } from "./link-token";

/**
 * Makes a signed link for the customer of one decision. Its token is in this answer alone: nothing that is stored can
 * make it again without the installation's secret. An app's key reaches its own decisions. Throws `not_found`.
 */
export async function offerFeedback(
  ctx: Context,
  { body }: { body: OfferFeedback },
): Promise<FeedbackLinkView> {
  authorize(ctx, "feedback.offer");
  const decisionId = body.decision_id;
  if (!(await feedbackTargets(ctx, [decisionId])).has(decisionId)) {
    throw new DomainError("not_found", `There is no decision ${decisionId}`);
  }
  return inTransaction(ctx, async (ctx) => {
    const id = newId("feedbackLink");
    const [made] = await ctx.db
      .insert(feedbackLinks)
      .values({
        id,
        orgId: ctx.orgId,
        decisionId,
        // Whole seconds, as the token says them.
        expiresAt: sql`date_trunc('second', now() + make_interval(days => ${body.expires_in_days}::int))`,
        createdBy: actorName(ctx.actor),
      })
      .returning({ expiresAt: feedbackLinks.expiresAt });
    if (!made) throw new Error("a link was not written");
    const expires_at = made.expiresAt.toISOString();
    await emit(ctx, {
      type: "feedback.offered",
      subject: id,
      decisionId,
      data: { by: actorName(ctx.actor) },
    });
    await record(ctx, "feedback.offered", id, { decision: decisionId, expires_at });
    const token = makeToken(id, made.expiresAt);
    const url = `${origin()}/feedback/${token}`;
    return { id, object: "feedback_link", decision_id: decisionId, token, url, expires_at };
  });
}
