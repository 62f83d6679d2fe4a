import { expect, test } from "vitest";
import { longestRetryAfterMs, retryAfterMs } from "./retry-after";

// RFC 9110's own examples.
const now = Date.parse("Fri, 31 Dec 1999 23:58:59 GMT");

const cases: [string, number, string | undefined, number | null][] = [
  ["seconds", 503, "120", 120_000],
  ["no wait at all", 429, "0", 0],
  ["spaces around it", 429, " 7 ", 7000],
  ["an hour at most", 503, "86400", longestRetryAfterMs],
  ["an hour at most, however many digits", 503, "9999999999", longestRetryAfterMs],
  ["an HTTP date", 503, "Fri, 31 Dec 1999 23:59:59 GMT", 60_000],
  ["a date of the obsolete form", 503, "Friday, 31-Dec-99 23:59:59 GMT", 60_000],
  ["a date gone by", 503, "Fri, 31 Dec 1999 23:00:00 GMT", 0],
  ["a date far away", 503, "Sat, 01 Jan 2000 23:59:59 GMT", longestRetryAfterMs],
  ["nothing said", 503, undefined, null],
  ["an empty header", 503, "", null],
  ["a fraction", 503, "1.5", null],
  ["a negative", 503, "-1", null],
  ["eleven digits", 503, "99999999999", null],
  ["words", 503, "soon", null],
  ["a date of no HTTP form", 503, "2000-01-01", null],
  ["a status that gives it another meaning", 301, "120", null],
  ["a success", 200, "120", null],
  ["a plain failure", 500, "120", null],
];

test.each(cases)("Retry-After: %s", (_what, status, header, wait) => {
  expect(retryAfterMs(status, header, now)).toBe(wait);
});
