export const datasetPurposes = ["evaluation", "regression", "training"] as const;
export type DatasetPurpose = (typeof datasetPurposes)[number];

export const datasetStatuses = ["building", "ready", "failed"] as const;
export type DatasetStatus = (typeof datasetStatuses)[number];

/** Parts of a dataset; one subject's items are all in one of them. */
export const splits = ["train", "validation", "test"] as const;
export type Split = (typeof splits)[number];

export const experimentStatuses = [
  "draft",
  "pending",
  "running",
  "paused",
  "done",
  "failed",
  "cancelled",
] as const;
export type ExperimentStatus = (typeof experimentStatuses)[number];

export const candidateKinds = ["recorded", "prompt", "local_model", "policy"] as const;
export type CandidateKind = (typeof candidateKinds)[number];

/** `interrupted`: asked when the worker ended; perhaps paid, so a person says whether to ask again. */
export const resultStatuses = ["pending", "running", "done", "failed", "interrupted"] as const;
export type ResultStatus = (typeof resultStatuses)[number];

/** Whether what is tried may take the place of what is: never worse on the set by more than the margin. */
export const gateVerdicts = ["passed", "failed", "undecided"] as const;
export type GateVerdict = (typeof gateVerdicts)[number];
