import { promises } from "./check";
import type { Run } from "./run";
import { totalOf } from "./table";

/** One promise of the product, and how often a set of runs saw it broken. */
export type Verdict = { promise: string; broken: number };

/** Judges all runs together. The control must break what the product keeps, or the torture proves nothing. */
export function verdictsOf(runs: readonly Run[], control: Run): Verdict[] {
  const doubled = totalOf([control]).doubled;
  const proof = { promise: "The negative control doubles", broken: doubled > 0 ? 0 : 1 };
  if (runs.length === 0) return [proof];
  const total = totalOf(runs);
  return [
    ...Object.entries(promises).map(([name, promise]) => ({
      promise,
      broken: total[name as keyof typeof promises],
    })),
    {
      promise: "No program ends but by a kill",
      broken: runs.reduce((sum, run) => sum + run.endedAlone.length, 0),
    },
    proof,
  ];
}
