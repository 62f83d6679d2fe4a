"use client";

import { useSyncExternalStore } from "react";

type Clock = { subscribe: (listener: () => void) => () => void; read: () => number };

/** One timer for all readers; it stops when nobody reads. */
function clockEvery(milliseconds: number): Clock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  function tick() {
    now = Date.now();
    for (const listener of listeners) listener();
  }
  return {
    subscribe(listener) {
      listeners.add(listener);
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
      if (timer === undefined) now = Math.floor(Date.now() / milliseconds) * milliseconds;
      return now;
    },
  };
}

const clocks = { second: clockEvery(1000), minute: clockEvery(20_000) };

/** The present moment in ms, refreshed each second or so often as minutes need; null on the server and in hydration. */
export function useNow(every: keyof typeof clocks): number | null {
  const clock = clocks[every];
  return useSyncExternalStore(clock.subscribe, clock.read, () => null);
}
