export const feedbackSources = [
  "reviewer",
  "auditor",
  "customer",
  "llm_auditor",
  "system_of_record",
] as const;
export type FeedbackSource = (typeof feedbackSources)[number];

export const votes = ["up", "down"] as const;
export type Vote = (typeof votes)[number];

export const causes = ["input", "context", "inference", "policy", "reviewer"] as const;
export type Cause = (typeof causes)[number];
