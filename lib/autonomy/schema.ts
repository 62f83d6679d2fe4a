/** How a segment stands under its contract. What the router obeys; `auto` alone lets anything run. */
export const segmentLevels = ["shadow", "review_all", "auto"] as const;
export type SegmentLevel = (typeof segmentLevels)[number];

/** Why a certification period began; its evidence starts from nothing. */
export const epochCauses = [
  "created",
  "terms_changed",
  "audit_alarm",
  "reviewed_stream_alarm",
  "model_changed",
  "prompt_changed",
  "policy_changed",
  "audits_overdue",
  "stopped",
  "sensitivity_fell",
  "labels_changed",
  "rolled_back",
  "by_hand",
] as const;
export type EpochCause = (typeof epochCauses)[number];

/** What a contract's history can hold; a change is written once and stays. */
export const changeKinds = [
  "created",
  "terms",
  "epoch",
  "shadow_ended",
  "promoted",
  "expanded",
  "ramped",
  "audit_rate",
  "stepped_down",
  "rolled_back",
  "archived",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** `promote`: to `auto` at a certified threshold. `expand`: to a more permissive certified one. `terms`: what is promised. */
export const proposalKinds = ["promote", "expand", "terms"] as const;
export type ProposalKind = (typeof proposalKinds)[number];
export const proposalStatuses = ["open", "signed", "declined", "withdrawn", "lapsed"] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];

/** Maps from the app's own confidence to a probability of being right. */
export const mapKinds = ["isotonic", "platt", "beta"] as const;
export type MapKind = (typeof mapKinds)[number];

/** What a replay tries out: a draft threshold, or a draft policy. */
export const replayKinds = ["threshold", "policy"] as const;
export const replayStatuses = ["pending", "running", "done", "failed", "cancelled"] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

/** The promise, and how its evidence is gathered. All shares are 0 to 1. */
export type Terms = {
  /** At most this share wrong among what runs alone … */
  alpha: number;
  /** … except with this probability. */
  delta: number;
  /** Above 1: the promise holds for so many segments together, each at delta / family. */
  family: number;
  /** Minor units. Set: the promise is a mean cost per automatic decision, `alpha` = budget / cap. */
  cost: { budget: number; cap: number } | null;
  /** Reviewers' sensitivity, measured on gold items, tightens alpha. */
  goldCorrection: boolean;
  /** A label this late counts as wrong. */
  labelHours: number;
  /** Audits a day that are never gone below. */
  auditFloor: number;
  /** Mean number of audits between two false alarms. */
  alarmRunLength: number;
  /** Days within which a shift should be found. */
  detectionDays: number;
  /** A more permissive certified threshold: with two signatures, or by itself once a day. */
  expands: "signed" | "by_itself";
  /** Shares of what may run alone that do, step by step, a day each; the last is 1. */
  ramp: number[];
  /** Hours for which audits may be overdue before autonomy is taken back. */
  auditSlaHours: number;
};
