export const importKinds = ["feedback", "outcomes"] as const;
export type ImportKind = (typeof importKinds)[number];

/** `receiving`: the file is still being sent. `waiting`: some rows name decisions that are not here yet. */
export const importStatuses = [
  "receiving",
  "pending",
  "running",
  "waiting",
  "done",
  "failed",
  "cancelled",
] as const;
export type ImportStatus = (typeof importStatuses)[number];

export const importFormats = ["csv", "jsonl"] as const;
export type ImportFormat = (typeof importFormats)[number];

/** What became of a row. `ambiguous`: its subject has several decisions that it could mean. */
export const importRowStatuses = [
  "pending",
  "recorded",
  "repeated",
  "unmatched",
  "ambiguous",
  "invalid",
] as const;
export type ImportRowStatus = (typeof importRowStatuses)[number];

/** What one file may be. */
export const importLimits = { bytes: 50 * 1024 * 1024, rows: 100_000, mostWaitDays: 366 } as const;
