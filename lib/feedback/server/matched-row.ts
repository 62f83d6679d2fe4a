import type { ImportKind, ImportRowStatus } from "../imports";
import type { Found } from "./find-decisions";

/** A row of the file that one decision was found for. */
export type Matched<T> = { line: number; row: T; decision: Found };
/** What became of a row. */
export type RowResult = {
  line: number;
  status: ImportRowStatus;
  decision_id: string | null;
  problem: string | null;
};
export type ImportOf = { id: string; kind: ImportKind; app_id: string | null; sha256: string | null };
