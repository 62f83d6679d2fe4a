const firstMs = 1000;
const longestMs = 300_000;

/**
 * Milliseconds to wait after the given attempt (1 is the first): doubling from one second to five minutes, of which
 * `jitter` (0 to 1, the caller's draw) takes up to a half, so that a recovered target is not met by everybody at once.
 */
export function backOffMs(attempt: number, jitter: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, Math.min(attempt - 1, 30)));
  return Math.round(full * (1 - jitter / 2));
}
