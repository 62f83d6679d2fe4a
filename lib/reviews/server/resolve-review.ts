import { sql, type SQL } from "drizzle-orm";
import { takeAndMove } from "@/lib/decisions/server/move-decision";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Ruling } from "../schema";
import { checkApproval, checkRuling, completeRuling } from "./check-ruling";
import { lostReview } from "./lost-review";
import { readCase, type Case } from "./read-case";
import { isMineToTake, personOf } from "./review-sql";

export type Resolved = { reviewId: string; decisionId: string; executionId: string | null };

/**
 * Makes a verdict effective: the one place where a person's word moves a decision. In one statement the review is
 * taken by compare-and-set, the decision moves (an approval creates its execution), the label is recorded. `ruling` is
 * the actor's word now, or `"staged"` for the one they gave on screen once its undo time is over.
 * Throws as stageVerdict does; the loser of a race changes nothing.
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
  checkRuling(ruling, about);
  checkApproval(ctx, ruling, about);
  const { verdict } = ruling;
  const decisionId = about.decision_id;
  const moved = await takeAndMove(
    ctx,
    {
      decisionId,
      from: ["in_review"],
      to: verdict === "decline" ? "declined" : "approved",
      editedArguments: verdict === "edit" ? ruling.arguments : undefined,
      // Approving or correcting says that acting was right.
      reviewed: verdict === "decline" ? "negative" : "positive",
      news: [{ type: "review.resolved", subject: reviewId, data: { by: personOf(ctx), verdict } }],
    },
    {
      held: about,
      update: take(ctx, reviewId, ruling, input.ruling === "staged" ? "when_due" : "now"),
      entry: { action: "review.resolved", subject: reviewId, data: { decision: decisionId, verdict } },
    },
  );
  if (!moved) throw await lostReview(ctx, reviewId);
  return { reviewId, decisionId, executionId: moved.executionId };
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
    case null:
      return undefined;
  }
}

function take(ctx: Context, reviewId: string, ruling: Ruling, when: "now" | "when_due"): SQL {
  const me = personOf(ctx);
  const due: SQL = sql`r.staged_by = ${me} and r.staged_verdict = ${ruling.verdict} and r.effective_at <= now()`;
  return sql`update reviews r set status = 'resolved', verdict = ${ruling.verdict}, resolved_by = ${me}, resolved_at = now(),
      edited_arguments = ${ruling.verdict === "edit" ? JSON.stringify(ruling.arguments) : null}::jsonb,
      reason_code = ${ruling.verdict === "decline" ? (ruling.reason_code ?? null) : null}, note = ${ruling.note ?? null},
      snoozed_until = null, version = r.version + 1
    from held
    where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and r.decision_id = held.id
      and ${isMineToTake(me)} and ${when === "when_due" ? due : sql`true`}
    returning r.id`;
}
