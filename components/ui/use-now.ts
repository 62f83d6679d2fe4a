"use client";

import { useSyncExternalStore } from "react";
import { whenIdle } from "@/components/shell/when-idle";

type Clock = { subscribe: (listener: () => void) => () => void; read: () => number | null };

/**
 * One timer for all readers; it stops when nobody reads. It starts once the page that was opened stands: read during
 * hydration, it would have all that says a time drawn a second time before anything else.
 */
export function clockEvery(milliseconds: number): Clock {
  const listeners = new Set<() => void>();
  let now: number | null = null;
  let first: (() => void) | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  function tick() {
    now = Date.now();
    for (const listener of listeners) listener();
  }
  return {
    subscribe(listener) {
      listeners.add(listener);
      first ??= whenIdle(tick);
      timer ??= setInterval(tick, milliseconds);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read() {
      // Nobody was ticking: the stored moment may be old.
      if (now !== null && timer === undefined) now = Math.floor(Date.now() / milliseconds) * milliseconds;
      return now;
    },
  };
}

const clocks = { second: clockEvery(1000), minute: clockEvery(20_000) };

/** The present moment in ms, refreshed each second or so often as minutes need; null on the server and until the page stands. */
export function useNow(every: keyof typeof clocks): number | null {
  const clock = clocks[every];
  return useSyncExternalStore(clock.subscribe, clock.read, () => null);
}
