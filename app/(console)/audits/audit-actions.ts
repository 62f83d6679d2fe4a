import type { AuditActions } from "@/components/audits/actions";
import { answerBlindAction, claimNextAuditAction, judgeAuditAction } from "./actions";

export const auditActions: AuditActions = {
  answer: answerBlindAction,
  judge: judgeAuditAction,
  next: claimNextAuditAction,
};
