import { sum } from "./sum";
import type { WeightedSum } from "./weighted-sum";

/**
 * How many equally weighted observations carry as much information: `(sum w)² / sum w²`. 0 for nothing.
 * Source: Kish, Survey Sampling (1965), the reciprocal of the design effect of weighting.
 */
export function effectiveSampleSize(weights: readonly number[]): number {
  let weight = 0;
  let squaredWeight = 0;
  for (const w of weights) {
    weight += w;
    squaredWeight += w * w;
  }
  return effectiveSizeOf({ weight, squaredWeight });
}

/** The same from sums already made. */
export function effectiveSizeOf({
  weight,
  squaredWeight,
}: Pick<WeightedSum, "weight" | "squaredWeight">): number {
  return squaredWeight > 0 ? (weight * weight) / squaredWeight : 0;
}

/** A yes or no; those with the same `cluster` are about the same thing, and so not independent. */
export type ClusteredValue = { value: 0 | 1; weight: number; cluster: string };

/**
 * The same of a share whose observations come in clusters: Kish's size over the design effect of the clusters, which is the
 * variance of the share from whole clusters' sums over the one from single observations, and never below 1. Where all said
 * the same nothing varies, and the clusters' weights alone say it.
 */
export function clusteredSampleSize(values: readonly ClusteredValue[]): number {
  const size = effectiveSampleSize(values.map(({ weight }) => weight));
  if (size === 0) return 0;
  const total = sum(values.map(({ weight }) => weight));
  const share = sum(values.map(({ value, weight }) => value * weight)) / total;
  const isOneSided = values.every(({ value }) => value === values[0]?.value);
  const parts = values.map(({ value, weight, cluster }) => ({
    cluster,
    part: isOneSided ? weight : weight * (value - share),
  }));
  const byCluster = new Map<string, number>();
  for (const { cluster, part } of parts) byCluster.set(cluster, (byCluster.get(cluster) ?? 0) + part);
  const together = sum([...byCluster.values()].map((part) => part * part));
  const single = sum(parts.map(({ part }) => part * part));
  return size / Math.max(1, together / single);
}
