import { normalQuantile } from "@/lib/stats/normal-quantile";
import { tangoInterval } from "@/lib/stats/tango";
import type { GateVerdict } from "./vocabulary";

/** Items by who was right: both, the baseline only, the candidate only, neither. */
export type PairedCounts = { both: number; baselineOnly: number; candidateOnly: number; neither: number };

/**
 * `difference`: how much more often the candidate is wrong than the baseline, as a share of the items (below 0 it is
 * better), between `low` and `high`. `needed`: the items from which a candidate that never differs passes at this margin; a better one needs fewer.
 */
export type Gate = {
  verdict: GateVerdict;
  n: number;
  difference: number | null;
  low: number;
  high: number;
  margin: number;
  needed: number;
};

/** Two-sided; so the chance that something worse by the margin passes is at most half of the rest. */
export const gateLevel = 0.95;

/**
 * "Not worse by more than the margin": passed when even the upper end of the paired difference's interval is at or
 * under the margin, failed when its lower end is above it, undecided while the interval holds the margin.
 * Source: Tango, Statistics in Medicine 17 (1998): the score test of equivalence for paired samples and its interval.
 */
export function gateOf({ both, baselineOnly, candidateOnly, neither }: PairedCounts, margin: number): Gate {
  const n = both + baselineOnly + candidateOnly + neither;
  const interval = tangoInterval({ onlyFirst: baselineOnly, onlySecond: candidateOnly, n }, gateLevel);
  const { lower: low, upper: high } = interval;
  const verdict = n > 0 && high <= margin ? "passed" : n > 0 && low > margin ? "failed" : "undecided";
  const difference = n === 0 ? null : (baselineOnly - candidateOnly) / n;
  return { verdict, n, difference, low, high, margin, needed: leastItems(margin) };
}

/** Where candidate and baseline never differ the interval reaches `z² / (n + z²)`. */
function leastItems(margin: number): number {
  if (!(margin > 0)) return Infinity;
  const z = normalQuantile((1 + gateLevel) / 2);
  return Math.max(1, Math.ceil((z * z * (1 - margin)) / margin));
}
