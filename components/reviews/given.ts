type Given = { ids: string[]; toastId: number };

// The tab's, not a screen's: who rules on the last item stands on the list a moment later, and may take it back there.
let given: Given[] = [];
let shownBy: ((reviewId: string) => void) | undefined;

const isOf = (ids: readonly string[]) => (each: Given) => each.ids.join() === ids.join();

/** Keeps verdicts as the latest that can be taken back. */
export function keepGiven(one: Given): void {
  given.push(one);
}

export const latestGiven = (): Given | undefined => given.at(-1);

/** The message that offers to take these back. */
export const toastOf = (ids: readonly string[]): number | undefined => given.find(isOf(ids))?.toastId;

/** They were taken back, or cannot be any more; and what was given before them even less, if they came too late. */
export function forgetGiven(ids: readonly string[], why: "taken back" | "too late"): void {
  const at = given.findIndex(isOf(ids));
  if (at >= 0) given = given.filter((_, index) => index > at || (why === "taken back" && index < at));
}

/** Says which screen shows a review now; call what it answers when that screen goes. */
export function showsReviews(show: (reviewId: string) => void): () => void {
  shownBy = show;
  return () => {
    if (shownBy === show) shownBy = undefined;
  };
}

/** Shows it on the screen that is there; false: none is that could. */
export function showAgain(reviewId: string): boolean {
  shownBy?.(reviewId);
  return shownBy !== undefined;
}
