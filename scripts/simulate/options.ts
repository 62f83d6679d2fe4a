import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { fullPlan, quickPlan, type Plan } from "./plan";
import { mutations, type Mutation } from "./terms";

export type Options = {
  plan: Plan;
  seed: number;
  workers: number;
  /** Where a page about the run goes. */
  report: string | null;
};

/** Reads the command line. Throws with a sentence for what it does not know. */
export function readOptions(argv: string[]): Options {
  const { values } = parseArgs({
    args: argv,
    options: {
      quick: { type: "boolean", default: false },
      streams: { type: "string" },
      seed: { type: "string", default: "20261122" },
      workers: { type: "string" },
      break: { type: "string", default: "none" },
      report: { type: "string" },
    },
  });
  const base = values.quick ? quickPlan : fullPlan;
  const streams = Number(values.streams ?? base.streams);
  const [seed, workers] = [Number(values.seed), Number(values.workers ?? availableParallelism())];
  if (![streams, seed, workers].every((number) => Number.isInteger(number) && number > 0))
    throw new Error("--streams, --seed and --workers take whole numbers, such as --streams 500");
  const mutation = mutations.find((each): each is Mutation => each === values.break);
  if (mutation === undefined) throw new Error(`--break takes one of ${mutations.slice(1).join(", ")}`);
  const drifting = Math.min(streams, base.drifting);
  const recorded = { ...base.recorded, streams: Math.min(base.recorded.streams, Math.ceil(streams / 5)) };
  return {
    plan: { ...base, streams, drifting, recorded, mutation },
    seed,
    workers,
    report: values.report ?? null,
  };
}
