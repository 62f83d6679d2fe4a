const latestMs = 1000;
/** Safari has no idle time to ask for: by then a page that was opened stands. */
const withoutIdleMs = 200;

/**
 * Runs once the browser has nothing better to do, within a second in any case: for what nobody waits to see. Each in a
 * task of its own, so that a key that goes down is heard between two. Answers the way to call it off.
 */
export function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(run, withoutIdleMs);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(run, { timeout: latestMs });
  return () => cancelIdleCallback(asked);
}
