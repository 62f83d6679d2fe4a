import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Job, Outcome } from "./jobs";

/** Streams of one job from `from` on; the answer carries the same number. */
export type Portion = { number: number; job: Job; seed: number; from: number; count: number };
export type Answer = { number: number; outcomes: Outcome[] };

/** Streams given to a worker at once. */
const portion = 50;

/** Workers that run streams side by side. What comes of a stream does not depend on how many there are. */
export function startPool(size = availableParallelism()) {
  const workers = Array.from({ length: size }, () => new Worker(new URL("./worker.ts", import.meta.url)));
  const waiting = new Map<
    number,
    { resolve: (outcomes: Outcome[]) => void; reject: (reason: unknown) => void }
  >();
  const free = [...workers];
  const queue: Portion[] = [];
  let made = 0;
  const next = () => {
    while (free.length > 0 && queue.length > 0) free.pop()?.postMessage(queue.shift());
  };
  for (const worker of workers) {
    worker.on("message", ({ number, outcomes }: Answer) => {
      waiting.get(number)?.resolve(outcomes);
      waiting.delete(number);
      free.push(worker);
      next();
    });
    worker.on("error", (error) => {
      for (const { reject } of waiting.values()) reject(error);
    });
  }
  const runPortion = (work: Omit<Portion, "number">) =>
    new Promise<Outcome[]>((resolve, reject) => {
      made += 1;
      waiting.set(made, { resolve, reject });
      queue.push({ ...work, number: made });
      next();
    });
  return {
    /** Runs the first `streams` streams of a job; outcomes in their order. */
    async run(job: Job, seed: number, streams: number): Promise<Outcome[]> {
      const starts = Array.from({ length: Math.ceil(streams / portion) }, (_, at) => at * portion);
      const parts = await Promise.all(
        starts.map((from) => runPortion({ job, seed, from, count: Math.min(portion, streams - from) })),
      );
      return parts.flat();
    },
    async stop(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
