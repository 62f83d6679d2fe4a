import { setTimeout as wait } from "node:timers/promises";
import { log } from "@/lib/server/log";

/**
 * Something a worker does again and again, one run at a time. `run` answers how much it did: after a run that found
 * work the next one follows at once, then at growing pauses up to `everyMs`, because work seldom comes alone. Throwing is retried with growing pauses, alone.
 */
export type Loop = {
  name: string;
  everyMs: number;
  run: () => Promise<number>;
  /** Waits, when the worker stops, for what `run` has started and not awaited. */
  drain?: () => Promise<void>;
};

export type Worker = { stop: () => Promise<void> };

const longestPauseMs = 10_000;
const firstPauseMs = 4;
const sameErrorLoggedEveryMs = 60_000;

/** Starts every loop; `stop` starts nothing more, and resolves once what was under way has ended. */
export function runWorker(loops: readonly Loop[]): Worker {
  const stopping = new AbortController();
  const running = loops.map((loop) => repeat(loop, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await Promise.all(loops.map(async (loop) => loop.drain?.()));
    },
  };
}

async function repeat(loop: Loop, signal: AbortSignal): Promise<void> {
  const report = reporter(loop.name);
  let failures = 0;
  let idleRuns = Infinity;
  while (!signal.aborted) {
    let pauseMs: number;
    try {
      idleRuns = (await loop.run()) > 0 ? 0 : idleRuns + 1;
      failures = 0;
      pauseMs = idleRuns === 0 ? 0 : Math.min(loop.everyMs, firstPauseMs * 1.5 ** (idleRuns - 1));
    } catch (error) {
      failures += 1;
      pauseMs = Math.min(longestPauseMs, Math.max(loop.everyMs, 100) * 2 ** Math.min(failures, 10));
      report(error);
    }
    if (pauseMs > 0) await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

// A database that is down fails every loop many times a minute: each error is said once a minute.
function reporter(name: string): (error: unknown) => void {
  const said = new Map<string, number>();
  return (error) => {
    const text = error instanceof Error ? error.message : String(error);
    const now = performance.now();
    if (now - (said.get(text) ?? -Infinity) < sameErrorLoggedEveryMs) return;
    if (said.size > 100) said.clear();
    said.set(text, now);
    log.error({ err: error, loop: name }, "a worker loop failed; it goes on");
  };
}
