/** Formats of training files: TRL's and OpenAI's. `reward` carries the propensity for off-policy learning. */
export const learningFormats = ["sft", "openai_dpo", "trl_dpo", "kto", "reward"] as const;
export type LearningFormat = (typeof learningFormats)[number];

export const fineTuneStatuses = [
  "pending",
  "uploading",
  "running",
  "succeeded",
  "failed",
  "cancelled",
  "unknown",
] as const;
export type FineTuneStatus = (typeof fineTuneStatuses)[number];

export const trainingStatuses = [
  "pending",
  "running",
  "evaluated",
  "proposed",
  "signed",
  "declined",
  "failed",
] as const;
export type TrainingStatus = (typeof trainingStatuses)[number];
