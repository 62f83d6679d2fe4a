/** Words that something said of a decision rests on. Offsets are UTF-16 units into the text at `pointer`, end excluded. */
export type EvidenceSpan = {
  part: "input" | "context" | "arguments" | "rationale";
  /** RFC 6901 pointer into the part; empty: the part itself. */
  pointer: string;
  start: number;
  end: number;
  quote: string;
};

export const importKinds = ["feedback", "outcomes"] as const;
export type ImportKind = (typeof importKinds)[number];

/** `waiting`: some rows name decisions that are not here yet. */
export const importStatuses = ["pending", "running", "waiting", "done", "failed", "cancelled"] as const;
export type ImportStatus = (typeof importStatuses)[number];

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
