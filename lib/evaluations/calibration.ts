import { effectiveSizeOf } from "@/lib/stats/effective-sample-size";
import { wilsonInterval } from "@/lib/stats/wilson";
import type { Calibration } from "./schema";

/** What a database sums of one bin: weights, weights squared, and weighted confidence, rightness and squared miss. */
export type BinSums = {
  bin: number;
  count: number;
  weight: number;
  squaredWeight: number;
  stated: number;
  right: number;
  squaredMiss: number;
};

export const calibrationBins = 15;

/**
 * Reliability, ECE and Brier of weighted bin sums: `ece = sum_b w_b/w |right_b - stated_b|` over equal-width right-closed
 * bins, `brier = sum w (p - y)² / sum w`. The same figures as lib/stats gives from single forecasts; a test compares.
 */
export function calibrationOf(
  bins: readonly BinSums[],
): Pick<Calibration, "n" | "ess" | "ece" | "brier" | "overconfidence" | "bins"> {
  const total = (pick: (bin: BinSums) => number) => bins.reduce((sum, bin) => sum + pick(bin), 0);
  const weight = total((bin) => bin.weight);
  const share = (sum: number) => (weight > 0 ? sum / weight : null);
  return {
    n: total((bin) => bin.count),
    ess: effectiveSizeOf({ weight, squaredWeight: total((bin) => bin.squaredWeight) }),
    ece: share(total((bin) => Math.abs(bin.right - bin.stated))),
    brier: share(total((bin) => bin.squaredMiss)),
    overconfidence: share(total((bin) => bin.stated - bin.right)),
    bins: bins.toSorted((a, b) => a.bin - b.bin).map(barOf),
  };
}

function barOf(bin: BinSums): Calibration["bins"][number] {
  const ess = effectiveSizeOf(bin);
  const observed = Math.min(1, bin.right / bin.weight);
  return {
    low: bin.bin / calibrationBins,
    high: (bin.bin + 1) / calibrationBins,
    stated: bin.stated / bin.weight,
    observed,
    ...wilsonInterval(observed * ess, ess),
    n: bin.count,
  };
}
