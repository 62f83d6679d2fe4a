import { expect, test } from "vitest";
import { breakerReason } from "./breaker";

const breaker = { window_minutes: 10, min_sends: 20, max_failed: 0.5, max_unknown: 0.2 };

test.each([
  ["too few sends", { sends: 19, failed: 0, unknown: 19 }, null],
  ["nothing wrong", { sends: 40, failed: 0, unknown: 0 }, null],
  ["just at the limits", { sends: 40, failed: 20, unknown: 8 }, null],
  [
    "too many without an answer",
    { sends: 40, failed: 0, unknown: 12 },
    "12 of the last 40 sends had no clear answer (30 %, limit 20 %)",
  ],
  [
    "too many failed",
    { sends: 24, failed: 13, unknown: 2 },
    "13 of the last 24 sends failed (54.2 %, limit 50 %)",
  ],
])("%s", (_, figures, reason) => {
  expect(breakerReason(breaker, figures)).toBe(reason);
});
