import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { AnswerBlind, AuditView } from "../schema";
import { takePlace, viewOrThrow, whyNot } from "./claim-audit";
import { viewerOf } from "./viewer";

/**
 * Stores the auditor's own answer to "should this have been done?", taking a place in the audit when there is one, and
 * answers with the reveal. It can never be changed afterwards: the same answer again is no error, another one is.
 */
export async function answerBlind(ctx: Context, input: AnswerBlind): Promise<AuditView> {
  authorize(ctx, "audits.judge");
  return inTransaction(ctx, async (ctx) => {
    if (!(await takePlace(ctx, input.auditId))) return whatStands(ctx, input);
    const [stored] = await rowsOf<{ alone: boolean }>(
      ctx.db,
      sql`update audit_judgements j set blind_answer = ${input.answer}, blind_at = now()
        from audits a
        where j.audit_id = ${input.auditId} and a.id = j.audit_id and j.auditor = ${viewerOf(ctx).name}
          and j.blind_answer is null
        returning a.judges_needed = 1 as alone`,
    );
    if (!stored) return whatStands(ctx, input);
    // Where several judge, the journal says what they answered once they all have: auditors read it too.
    await record(ctx, "audit.answered", input.auditId, stored.alone ? { answer: input.answer } : {});
    return viewOrThrow(ctx, input.auditId);
  });
}

async function whatStands(ctx: Context, { auditId, answer }: AnswerBlind): Promise<AuditView> {
  const [mine] = await rowsOf<{ answer: string | null }>(
    ctx.db,
    sql`select j.blind_answer as answer from audit_judgements j
      where j.audit_id = ${auditId} and j.org_id = ${ctx.orgId} and j.auditor = ${viewerOf(ctx).name}`,
  );
  if (mine === undefined || mine.answer === null) throw await whyNot(ctx, auditId);
  if (mine.answer === answer) return viewOrThrow(ctx, auditId);
  throw new DomainError(
    "conflict",
    "You have answered, and seen the model's proposal: an answer never changes",
  );
}
