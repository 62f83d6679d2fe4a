import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { AnswerBlind, AuditView } from "../schema";
import { takeable, viewOrThrow, whyNot } from "./claim-audit";

/**
 * Stores the auditor's own answer to "should this have been done?", taking the audit when nobody holds it, and answers
 * with the reveal. It can never be changed afterwards: the same answer again is no error, another one is.
 */
export async function answerBlind(ctx: Context, input: AnswerBlind): Promise<AuditView> {
  authorize(ctx, "audits.judge");
  return inTransaction(ctx, async (ctx) => {
    const stored = await rowsOf(
      ctx.db,
      sql`update audits set status = 'claimed', claimed_by = ${actorName(ctx.actor)}, blind_answer = ${input.answer}, blind_at = now()
        where id = ${input.auditId} and org_id = ${ctx.orgId} and blind_answer is null and ${takeable(ctx)} returning id`,
    );
    if (stored.length === 0) return whatStands(ctx, input);
    await record(ctx, "audit.answered", input.auditId, { answer: input.answer });
    return viewOrThrow(ctx, input.auditId);
  });
}

async function whatStands(ctx: Context, { auditId, answer }: AnswerBlind): Promise<AuditView> {
  const view = await viewOrThrow(ctx, auditId);
  const mine = ctx.actor.kind === "user" && view.held_by?.id === ctx.actor.id;
  if (!mine || view.blind_answer === null) throw await whyNot(ctx, auditId);
  if (view.blind_answer === answer) return view;
  throw new DomainError(
    "conflict",
    "You have answered, and seen the model's proposal: an answer never changes",
  );
}
