import { sql } from "drizzle-orm";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { DomainError } from "@/lib/kernel/errors";
import type { Cause } from "@/lib/kernel/statuses";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { truthOf } from "../loss";
import type { AuditStatus, AuditView, JudgeAudit, Judgement } from "../schema";
import { viewOrThrow, whyNot } from "./claim-audit";

type Locked = {
  decision_id: string;
  pi: number;
  status: AuditStatus;
  claimed_by: string | null;
  blind_answer: Truth | null;
  judgement: Judgement | null;
  cause: Cause | null;
  predicted: Prediction;
};

/**
 * Judges a decision that ran alone, after one's own answer: closes the audit and labels the decision with the propensity
 * it was drawn with. Throws `blind_answer_required` before the answer, `conflict` when it is somebody else's or judged.
 */
export async function judgeAudit(ctx: Context, { auditId, ruling }: JudgeAudit): Promise<AuditView> {
  authorize(ctx, "audits.judge");
  return inTransaction(ctx, async (ctx) => {
    const audit = await lock(ctx, auditId);
    const mine = audit?.claimed_by === actorName(ctx.actor);
    // A retry of the same judgement is no error.
    const same = audit?.judgement === ruling.judgement && audit.cause === (ruling.cause ?? null);
    if (audit?.status === "done" && mine && same) return viewOrThrow(ctx, auditId);
    if (!audit || audit.status === "done") throw await whyNot(ctx, auditId);
    if (audit.claimed_by !== null && !mine && audit.blind_answer !== null) throw await whyNot(ctx, auditId);
    if (!mine || audit.blind_answer === null) {
      throw new DomainError("conflict", "Give your own answer before you judge the model's", {
        code: "blind_answer_required",
      });
    }
    await close(ctx, auditId, ruling);
    const truth = truthOf(audit.predicted, ruling.judgement);
    await recordLabel(ctx, { decisionId: audit.decision_id, source: "audit", truth, piLabel: audit.pi });
    await tell(ctx, auditId, audit, ruling);
    await record(ctx, "audit.judged", auditId, {
      decision: audit.decision_id,
      judgement: ruling.judgement,
      cause: ruling.cause,
      truth,
      pi: audit.pi,
    });
    return viewOrThrow(ctx, auditId);
  });
}

async function lock(ctx: Context, auditId: string): Promise<Locked | undefined> {
  const [audit] = await rowsOf<Locked>(
    ctx.db,
    sql`select a.decision_id, a.pi_label as pi, a.status, a.claimed_by, a.blind_answer, a.judgement, a.cause, d.predicted
      from audits a join decisions d on d.id = a.decision_id
      where a.id = ${auditId} and a.org_id = ${ctx.orgId} for update of a`,
  );
  return audit;
}

async function close(ctx: Context, auditId: string, ruling: JudgeAudit["ruling"]): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update audits set status = 'done', judgement = ${ruling.judgement}, cause = ${ruling.cause ?? null},
        note = ${ruling.note ?? null}, judged_by = ${actorName(ctx.actor)}, judged_at = now(), lease_until = null
      where id = ${auditId}`,
  );
}

async function tell(
  ctx: Context,
  auditId: string,
  audit: Locked,
  ruling: JudgeAudit["ruling"],
): Promise<void> {
  const about = { subject: auditId, decisionId: audit.decision_id, data: { judgement: ruling.judgement } };
  await emit(ctx, { type: "audit.completed", ...about });
  if (ruling.judgement !== "correct") await emit(ctx, { type: "audit.disagreement", ...about });
}
