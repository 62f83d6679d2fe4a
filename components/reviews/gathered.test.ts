import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gathered } from "./gathered";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("what many say within a moment is acted on once", () => {
  const acted: string[] = [];
  const say = gathered<string>((item) => acted.push(item), { gatherMs: 400, restMs: 2000 });
  for (let n = 0; n < 4; n += 1) say("waiting", "waiting");
  say("reviews", "reviews");
  vi.advanceTimersByTime(399);
  expect(acted).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(acted).toEqual(["waiting", "reviews"]);
});

test("in a flood it is acted on seldom, and the last word is not lost", () => {
  let acted = 0;
  const say = gathered<number>(() => (acted += 1), { gatherMs: 400, restMs: 2000 });
  for (let ms = 0; ms < 10_000; ms += 100) {
    say("reviews", ms);
    vi.advanceTimersByTime(100);
  }
  expect(acted).toBe(5);
  vi.advanceTimersByTime(2000);
  expect(acted).toBe(6);
});

test("after a rest the first word waits no longer than a moment", () => {
  let acted = 0;
  const say = gathered<number>(() => (acted += 1), { gatherMs: 400, restMs: 2000 });
  say("reviews", 1);
  vi.advanceTimersByTime(10_000);
  say("reviews", 2);
  vi.advanceTimersByTime(400);
  expect(acted).toBe(2);
});
