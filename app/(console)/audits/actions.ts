"use server";

import { AnswerBlind, ClaimNextAudit, JudgeAudit } from "@/lib/audits/schema";
import { answerBlind } from "@/lib/audits/server/answer-blind";
import { claimNextAudit } from "@/lib/audits/server/claim-next-audit";
import { judgeAudit } from "@/lib/audits/server/judge-audit";
import { userActionContext } from "@/lib/identity/server/user-context";
import { action } from "@/lib/server/action";

export const answerBlindAction = action(userActionContext, AnswerBlind, answerBlind);
export const judgeAuditAction = action(userActionContext, JudgeAudit, judgeAudit);
export const claimNextAuditAction = action(userActionContext, ClaimNextAudit, claimNextAudit);
