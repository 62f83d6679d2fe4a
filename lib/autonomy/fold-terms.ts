import type { FoldTerms } from "./fold";
import type { Terms } from "./schema";

/** Of a certification period: its thresholds, and the lower bound of the reviewers' sensitivity where one tightens alpha. */
export type Period = { grid: readonly number[] | null; sensitivity: number | null };

/**
 * What evidence is held against. With gold correction labels certify at `alpha · lower bound`, at half of delta, because
 * the bound itself may fail with the other half (autonomy.md §1.5); a family shares delta out. Null while there is no grid,
 * or while the correction is asked for and the sensitivity is unknown or zero.
 */
export function foldTermsOf(terms: Terms, { grid, sensitivity }: Period): FoldTerms | null {
  if (grid === null) return null;
  const { alpha, alarmRunLength } = terms;
  const delta = terms.delta / terms.family;
  if (!terms.goldCorrection) return { alpha, delta, grid, alarmRunLength };
  if (sensitivity === null || sensitivity <= 0) return null;
  return { alpha: alpha * sensitivity, delta: delta / 2, grid, alarmRunLength };
}
