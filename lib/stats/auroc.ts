import { type Scored, weightOf } from "./scored";

/**
 * Area under the ROC curve: the chance that a random y = 1 is scored above a random y = 0, ties counting half. Weighted.
 * Null when only one class was seen; refuses a score that is no number. Source: Mann & Whitney (1947); Hanley & McNeil, Radiology 143 (1982).
 */
export function auroc(scored: readonly Scored[]): number | null {
  if (scored.some(({ p }) => Number.isNaN(p))) throw new RangeError("a score is a number");
  const sorted = scored.toSorted((a, b) => a.p - b.p);
  let below = 0;
  let positives = 0;
  let won = 0;
  for (let start = 0; start < sorted.length;) {
    const p = sorted[start]?.p;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    for (; start < sorted.length && sorted[start]?.p === p; start += 1) {
      const item = sorted[start];
      if (!item) break;
      tiedPositives += weightOf(item) * item.y;
      tiedNegatives += weightOf(item) * (1 - item.y);
    }
    won += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    positives += tiedPositives;
  }
  return positives > 0 && below > 0 ? won / (positives * below) : null;
}
