import type { ReplaySums } from "../replay-sums";
import type { ReplaySpec } from "./rows-of-replay";

/** What a replay carries from one part to the next; `from`: the period's begin, as the database writes times. */
export type ReplayState = { from: string; first: string | null; last: string | null; sums: ReplaySums };

/** A replay as a worker holds it. */
export type ReplayJob = {
  id: string;
  app_id: string;
  spec: ReplaySpec;
  cursor: string | null;
  done: number;
  total: number | null;
  state: ReplayState | null;
  /** It has been tried for long enough. */
  old: boolean;
};
