/** What stands between a proposed threshold and the second admin's signature. */
export type SigningWait =
  /** Nobody has replayed it on past decisions in this period. */
  | { kind: "replay" }
  | { kind: "replay_running"; replay: string }
  /** Its replay lists past decisions that it would have let act, which nobody has opened. */
  | { kind: "flips"; replay: string; unopened: number }
  /** A threshold let more run alone today already. */
  | { kind: "tomorrow" };
