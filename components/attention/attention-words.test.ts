import { expect, test } from "vitest";
import type { QueueAttention } from "@/lib/evaluations/attention-view";
import { signedText, spanText, verdictText, wrongText } from "./attention-words";

const queue: QueueAttention = {
  queue: { id: "que_1", key: "refunds", name: "Refunds" },
  order: "sla",
  arrivals_per_hour: 3,
  arrivals_per_day: 72,
  handling: { n: 40, median_seconds: 60, p75_seconds: 90, mean_seconds: 80 },
  waiting: 30,
  people: 2,
  hours_per_day: 12,
  handled_per_day: 540,
  utilisation: 0.13,
  days_to_clear: 0.064,
  late: { count: 0, of: 30 },
  marginal: null,
};

test.each([
  [{}, /cleared in 1\.5 h/],
  [{ days_to_clear: 3 }, /cleared in 3 days/],
  [{ utilisation: 1.6, days_to_clear: null }, /queue grows. It needs 1\.6 times/],
  [{ people: 0 }, /Nobody is there/],
  [{ waiting: 0, days_to_clear: 0 }, /Nothing waits/],
  [
    { handling: { n: 0, median_seconds: null, p75_seconds: null, mean_seconds: null } },
    /Nobody was timed at a review here yet, so nothing says how long/,
  ],
])("a queue's numbers come to one sentence: %j", (changed, sentence) => {
  expect(verdictText({ ...queue, ...changed })).toMatch(sentence);
});

test("wrong acts are prevented by a higher threshold and let through by a lower one", () => {
  const about = { reviews_per_day: 0, minutes_per_day: null };
  expect(wrongText({ ...about, by: 0.01, wrong_per_week: { value: -14, lower: -28, upper: -7 } })).toBe(
    "prevents 14 (7–28)",
  );
  expect(wrongText({ ...about, by: -0.01, wrong_per_week: { value: 14, lower: 7, upper: 28 } })).toBe(
    "lets 14 (7–28) through",
  );
  expect(wrongText({ ...about, by: 0.01, wrong_per_week: null })).toBe("Not enough labels");
});

test("signs and spans read as people say them", () => {
  expect([signedText(14, " min"), signedText(-0.4), signedText(0), signedText(0.01)]).toEqual([
    "+14 min",
    "−0.4",
    "0",
    "0",
  ]);
  expect([null, 45, 200, 9000].map(spanText)).toEqual(["–", "45 s", "3.3 min", "2.5 h"]);
  // A few minutes of a week are not "0 h".
  expect(spanText(0.11 * 3600)).toBe("6.6 min");
});
