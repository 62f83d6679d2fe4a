import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whenIdle } from "./when-idle";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("it waits for idle time, and not for longer than a second", () => {
  const asked = vi.fn(() => 7);
  vi.stubGlobal("requestIdleCallback", asked);
  const run = vi.fn();
  whenIdle(run);
  expect(run).not.toHaveBeenCalled();
  expect(asked).toHaveBeenCalledWith(run, { timeout: 1000 });
});

test("what was called off is not run", () => {
  const cancel = vi.fn();
  vi.stubGlobal("requestIdleCallback", () => 7);
  vi.stubGlobal("cancelIdleCallback", cancel);
  whenIdle(() => undefined)();
  expect(cancel).toHaveBeenCalledWith(7);
});

test("a browser that knows no idle time runs it a moment later, or not at all when called off", () => {
  vi.stubGlobal("requestIdleCallback", undefined);
  const run = vi.fn();
  whenIdle(run);
  whenIdle(run)();
  expect(run).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(run).toHaveBeenCalledTimes(1);
});
