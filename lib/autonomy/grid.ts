/** Thresholds that a certification period tests at most, and the scores it takes to choose them. */
export const gridSize = 20;
export const scoresForGrid = 200;

/**
 * Thresholds at coverage 5 %, 10 %, …, 100 % of scores that nobody has looked at the labels of: ascending, distinct.
 * Null with fewer than {@link scoresForGrid}.
 */
export function gridOf(scores: readonly number[]): number[] | null {
  if (scores.length < scoresForGrid) return null;
  const descending = scores.toSorted((a, b) => b - a);
  const at = (share: number) => descending[Math.ceil(share * descending.length) - 1] ?? 0;
  const chosen = Array.from({ length: gridSize }, (_, j) => at((j + 1) / gridSize));
  return [...new Set(chosen)].toSorted((a, b) => a - b);
}
