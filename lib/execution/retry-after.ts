/** The longest that a target may have us wait for its next attempt, milliseconds. */
export const longestRetryAfterMs = 3_600_000;

// The three forms of an HTTP date (RFC 9110 §5.6.7) all begin with a day's name.
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * What a target's 429 or 503 asks us to wait, milliseconds: its `Retry-After` in seconds or as an HTTP date, at most an
 * hour. Null where it says nothing that can be read, or where the status gives the header no such meaning. `nowMs` is
 * the time of the answer: its own Date header, or the caller's clock.
 */
export function retryAfterMs(status: number, header: string | undefined, nowMs: number): number | null {
  const text = header?.trim();
  if (!text || (status !== 429 && status !== 503)) return null;
  if (/^\d{1,10}$/.test(text)) return Math.min(longestRetryAfterMs, Number(text) * 1000);
  // oxlint-disable-next-line no-restricted-globals -- reads a date out of text, not the clock
  const at = httpDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(longestRetryAfterMs, Math.max(0, at - nowMs));
}
