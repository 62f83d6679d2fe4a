import { parentPort } from "node:worker_threads";
import { runStream } from "./jobs";
import type { Answer, Portion } from "./pool";

parentPort?.on("message", ({ number, job, seed, from, count }: Portion) => {
  const outcomes = Array.from({ length: count }, (_, at) => runStream(job, seed, from + at));
  parentPort?.postMessage({ number, outcomes } satisfies Answer);
});
