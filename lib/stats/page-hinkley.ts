/** `least`: values before an alarm is possible; `delta`: the change tolerated; `forgetting`: how much of the sum is kept. */
export type PageHinkleyOptions = { least?: number; delta?: number; threshold?: number; forgetting?: number };

/** Plain numbers, JSON-safe. */
export type PageHinkley = { n: number; mean: number; sum: number };

/** The test before any value, and after each alarm. */
export function newPageHinkley(): PageHinkley {
  return { n: 0, mean: 0, sum: 0 };
}

/**
 * Folds one value, in place, and says whether the mean has risen: `sum <- max(0, forgetting·sum + x - mean - delta)`, `mean`
 * that of all values since the start; an alarm at `sum >= threshold`, after which everything starts anew. For a fall pass −x.
 * `threshold` and `delta` are in the unit of x. The alarms carry no error guarantee: the e-detectors do.
 * Source: Page, Biometrika 41 (1954); Hinkley, Biometrika 58 (1971).
 */
export function updatePageHinkley(
  state: PageHinkley,
  x: number,
  { least = 30, delta = 0.005, threshold = 50, forgetting = 0.9999 }: PageHinkleyOptions = {},
): boolean {
  if (!Number.isFinite(x)) throw new RangeError("a value is a finite number");
  state.n += 1;
  state.mean += (x - state.mean) / state.n;
  state.sum = Math.max(0, forgetting * state.sum + (x - state.mean - delta));
  if (state.n + 1 < least || state.sum < threshold) return false;
  Object.assign(state, newPageHinkley());
  return true;
}
