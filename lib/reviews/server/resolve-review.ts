import { sql, type SQL } from "drizzle-orm";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { hotRowsOf } from "@/lib/server/rows";
import type { Ruling } from "../schema";
import { checkApproval, checkRuling, completeRuling } from "./check-ruling";
import { lostReview } from "./lost-review";
import { readCase, type Case } from "./read-case";
import { isMineToTake, personOf } from "./review-sql";

export type Resolved = { reviewId: string; decisionId: string; executionId: string | null };

/**
 * Makes a verdict effective: the one place where a person's word moves a decision. In one transaction the review is
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
  return inTransaction(ctx, async (ctx) => {
    const about = await readCase(ctx, reviewId, "decision");
    const given = input.ruling === "staged" ? stagedRuling(about) : input.ruling;
    if (!given) throw await lostReview(ctx, reviewId);
    const ruling = completeRuling(given, about);
    checkRuling(ruling, about);
    checkApproval(ctx, ruling, about);
    await take(ctx, reviewId, ruling, input.ruling === "staged" ? "when_due" : "now");
    const { executionId } = await moveDecision(ctx, {
      decisionId: about.decision_id,
      from: ["in_review"],
      to: ruling.verdict === "decline" ? "declined" : "approved",
      editedArguments: ruling.verdict === "edit" ? ruling.arguments : undefined,
      // Approving or correcting says that acting was right.
      reviewed: ruling.verdict === "decline" ? "negative" : "positive",
      news: [
        { type: "review.resolved", subject: reviewId, data: { by: personOf(ctx), verdict: ruling.verdict } },
      ],
      held: about,
    });
    await record(ctx, "review.resolved", reviewId, { decision: about.decision_id, verdict: ruling.verdict });
    return { reviewId, decisionId: about.decision_id, executionId };
  });
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

async function take(ctx: Context, reviewId: string, ruling: Ruling, when: "now" | "when_due"): Promise<void> {
  const me = personOf(ctx);
  const due: SQL = sql`r.staged_by = ${me} and r.staged_verdict = ${ruling.verdict} and r.effective_at <= now()`;
  const [taken] = await hotRowsOf<{ id: string }>(
    ctx.db,
    sql`update reviews r set status = 'resolved', verdict = ${ruling.verdict}, resolved_by = ${me}, resolved_at = now(),
        edited_arguments = ${ruling.verdict === "edit" ? JSON.stringify(ruling.arguments) : null}::jsonb,
        reason_code = ${ruling.verdict === "decline" ? (ruling.reason_code ?? null) : null}, note = ${ruling.note ?? null},
        snoozed_until = null, version = r.version + 1
      from decisions d
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and d.id = r.decision_id
        and d.status = 'in_review' and (d.expires_at is null or d.expires_at > now())
        and ${isMineToTake(me)} and ${when === "when_due" ? due : sql`true`}
      returning r.id`,
  );
  if (!taken) throw await lostReview(ctx, reviewId);
}
