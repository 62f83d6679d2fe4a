import { sql } from "drizzle-orm";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { takeAndMoveBy } from "@/lib/decisions/server/take-and-move";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Ruling } from "../schema";
import { checkDwell } from "./check-dwell";
import { checkFourEyes, onRecord } from "./check-four-eyes";
import { checkObserved, checkRuling, completeRuling } from "./check-ruling";
import { lostReview } from "./lost-review";
import { planRuling, type RulingPlan } from "./plan-ruling";
import { isLiveCase, readCase, type Case } from "./read-case";
import { isMineToTake, personOf } from "./review-sql";
import { ruleParts, rulingNews } from "./ruling-parts";

export type Resolved = {
  reviewId: string;
  decisionId: string;
  decisionStatus: DecisionStatus;
  executionId: string | null;
  /** What opened for others, where the approval rule asks for more. */
  nextReviewId: string | null;
};

/**
 * Makes a verdict effective: the one place where a person's word moves a decision. In one statement the review is
 * taken by compare-and-set, the decision moves (the last approval creates its execution), the word goes on record,
 * the next review opens, the label is recorded. `ruling` is the actor's word now, or `"staged"` for the one they gave
 * on screen once its undo time is over. Throws as stageVerdict does; the loser of a race changes nothing.
 */
export async function resolveReview(
  ctx: Context,
  input: { reviewId: string; ruling: Ruling | "staged" },
): Promise<Resolved> {
  authorize(ctx, "reviews.rule");
  const { reviewId } = input;
  const about = await readCase(ctx, reviewId);
  const given = input.ruling === "staged" ? stagedRuling(about) : input.ruling;
  if (!given) throw await lostReview(ctx, reviewId);
  const ruling = completeRuling(given, about);
  const plan = await checkedPlan(ctx, ruling, about);
  const { verdict } = ruling;
  const decisionId = about.decision_id;
  const nextReviewId = plan.next ? newId("review") : null;
  const moved = await takeAndMove(
    ctx,
    {
      decisionId,
      from: ["in_review", "awaiting_second"],
      to: plan.to,
      editedArguments: plan.edited,
      reviewed: plan.reviewed,
      news: rulingNews(ctx, reviewId, verdict, plan, nextReviewId),
    },
    {
      held: about,
      with: taking(ctx, about, ruling, plan, input.ruling === "staged" ? "when_due" : "now"),
      entry: { action: "review.resolved", subject: reviewId, data: entryData(decisionId, verdict, plan) },
      also: ruleParts(ctx, about, plan, nextReviewId),
    },
  );
  if (!moved) throw await lostReview(ctx, reviewId);
  return { reviewId, decisionId, decisionStatus: plan.to, executionId: moved.executionId, nextReviewId };
}

/** What the ruling would do, once nothing stands against it. Throws as stageVerdict does; a refusal goes on record. */
export function checkedPlan(ctx: Context, ruling: Ruling, about: Case): Promise<RulingPlan> {
  return onRecord(ctx, about.review_id, async () => {
    checkRuling(ruling, about);
    checkFourEyes(ctx, ruling.verdict, about);
    checkDwell(ctx, about);
    const plan = await planRuling(ctx, ruling, about);
    // Who was first says more than that nobody looked at the target of what is over.
    if (!isLiveCase(about)) throw await lostReview(ctx, about.review_id);
    checkObserved(ruling, about);
    return plan;
  });
}

function entryData(decision: string, verdict: string, { rule, stage, breakGlass }: RulingPlan): object {
  if (!rule) return { decision, verdict };
  return { decision, verdict, rule: rule.id, stage, break_glass: breakGlass === null ? undefined : true };
}

function stagedRuling(about: Case): Ruling | undefined {
  const note = about.staged_note ?? undefined;
  switch (about.staged_verdict) {
    case "approve":
      return { verdict: "approve", note };
    case "edit":
      return { verdict: "edit", arguments: about.staged_arguments ?? {}, note };
    case "decline":
      return { verdict: "decline", reason_code: about.staged_reason ?? undefined, note };
    case "respond":
      return { verdict: "respond", note: note ?? "" };
    case null:
      return undefined;
  }
}

/** What taking a review is told; what is left out is null. */
function taking(
  ctx: Context,
  about: Case,
  ruling: Ruling,
  plan: RulingPlan,
  when: "now" | "when_due",
): object {
  return {
    review: about.review_id,
    org: ctx.orgId,
    me: personOf(ctx),
    verdict: ruling.verdict,
    edited: ruling.verdict === "edit" ? ruling.arguments : undefined,
    reason: ruling.verdict === "decline" ? ruling.reason_code : undefined,
    note: ruling.note,
    rule: plan.rule ?? undefined,
    stage: plan.stage,
    when_due: when === "when_due",
  };
}

const takeAndMove = takeAndMoveBy({
  join: sql`join reviews r on r.id = i.taking -> 'with' ->> 'review'`,
  update: sql`update reviews r set status = 'resolved', verdict = w.verdict, resolved_by = w.me, resolved_at = now(),
      edited_arguments = w.edited, reason_code = w.reason, note = w.note,
      approval_rule = coalesce(w.rule, r.approval_rule), stage = w.stage, snoozed_until = null, version = r.version + 1
    from i join held on held.at = i.at cross join lateral jsonb_to_record(i.taking -> 'with') as w(review text, org text,
      me text, verdict text, edited jsonb, reason text, note text, rule jsonb, stage int, when_due boolean)
    where r.id = w.review and r.org_id = w.org and r.decision_id = held.id and ${isMineToTake(sql`w.me`)}
      and (not w.when_due or (r.staged_by = w.me and r.staged_verdict = w.verdict and r.effective_at <= now()))
    returning i.at`,
});
