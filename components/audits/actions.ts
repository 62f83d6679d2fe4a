import type { AnswerBlind, AuditView, ClaimNextAudit, JudgeAudit } from "@/lib/audits/schema";

type Answer<T> = { ok: true; data: T } | { ok: false; error: { message: string; requestId?: string } };

/** The server actions of the audit pages, handed down by their page. */
export type AuditActions = {
  answer: (input: AnswerBlind) => Promise<Answer<AuditView>>;
  judge: (input: JudgeAudit) => Promise<Answer<AuditView>>;
  next: (input: Partial<ClaimNextAudit>) => Promise<Answer<AuditView | null>>;
};
