/** `open`: two sources disagree. `proposed`: the LLM auditor named a cause. A person ends it either way. */
export const discrepancyStatuses = ["open", "proposed", "confirmed", "dismissed"] as const;
export type DiscrepancyStatus = (typeof discrepancyStatuses)[number];

/** Who can disagree. `model` is the proposal itself. */
export const discrepancySides = [
  "model",
  "reviewer",
  "auditor",
  "customer",
  "llm_auditor",
  "system_of_record",
] as const;
export type DiscrepancySide = (typeof discrepancySides)[number];

export const issueStatuses = ["open", "closed"] as const;
export type IssueStatus = (typeof issueStatuses)[number];

/** Who proposes a cause: a model that was asked, our own fixed rules (no model, no key), or nobody. */
export const auditorModes = ["rules", "model", "off"] as const;
export type AuditorMode = (typeof auditorModes)[number];
