export const auditStatuses = ["open", "claimed", "done", "expired"] as const;
export type AuditStatus = (typeof auditStatuses)[number];

export const judgements = ["correct", "incorrect", "borderline"] as const;
export type Judgement = (typeof judgements)[number];
