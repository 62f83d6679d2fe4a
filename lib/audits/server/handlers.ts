import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { AuditListQuery, BlindAnswer, ClaimNextAudit, Judging } from "../schema";
import type { z } from "zod";
import { answerBlind } from "./answer-blind";
import { auditProgress } from "./audit-progress";
import { claimNextAudit } from "./claim-next-audit";
import { getAudit } from "./get-audit";
import { judgeAudit } from "./judge-audit";
import { listAudits } from "./list-audits";

type OfAudit = { params: { audit: string } };

/** The worklist with its progress, as one answer. */
export async function answerListAudits(ctx: Context, { query }: { query: AuditListQuery }) {
  authorize(ctx, "audits.read");
  const [list, progress] = [await listAudits(ctx, query), await auditProgress(ctx)];
  return { ...list, progress };
}

export function answerGetAudit(ctx: Context, { params }: OfAudit) {
  return getAudit(ctx, { auditId: params.audit });
}

export async function answerClaimNextAudit(ctx: Context, { body }: { body: ClaimNextAudit }) {
  return { audit: await claimNextAudit(ctx, body) };
}

export function answerBlindAnswer(
  ctx: Context,
  { params, body }: OfAudit & { body: z.output<typeof BlindAnswer> },
) {
  return answerBlind(ctx, { auditId: params.audit, ...body });
}

export function answerJudgement(ctx: Context, { params, body }: OfAudit & { body: Judging }) {
  return judgeAudit(ctx, { auditId: params.audit, ruling: body });
}
