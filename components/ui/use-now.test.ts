import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clockEvery } from "./use-now";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

test("a clock says nothing until the page stands, then the present moment at each tick", () => {
  const clock = clockEvery(1000);
  const heard = vi.fn();
  clock.subscribe(heard);
  clock.subscribe(() => undefined);
  expect(clock.read()).toBeNull();
  vi.advanceTimersByTime(999);
  expect(clock.read()).toBe(1_000_200);
  expect(heard).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(clock.read()).toBe(1_001_000);
});

test("whoever reads it later is told at once, and not what the clock showed when the last one left", () => {
  const clock = clockEvery(1000);
  clock.subscribe(() => undefined)();
  vi.advanceTimersByTime(60_000);
  expect(clock.read()).toBe(1_060_000);
});
