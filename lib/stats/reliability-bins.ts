import { effectiveSampleSize } from "./effective-sample-size";
import type { Interval } from "./interval";
import { type Scored, weightedMean, weightOf } from "./scored";
import { wilsonInterval } from "./wilson";

/**
 * One bar of a reliability diagram: the forecasts in (from, to], how many, their mean forecast and how often it came true,
 * with Wilson's interval of the latter on the bin's effective sample size.
 */
export type ReliabilityBin = {
  from: number;
  to: number;
  count: number;
  weight: number;
  meanP: number;
  meanY: number;
  interval: Interval;
};

/**
 * Equal-width, right-closed bins over [0,1]: bin b holds `b/bins < p <= (b+1)/bins`, and 0 belongs to the first.
 * Empty bins are left out. Source: Guo et al., ICML 2017.
 */
export function equalWidthBins(scored: readonly Scored[], bins = 15): ReliabilityBin[] {
  const members: Scored[][] = Array.from({ length: bins }, () => []);
  for (const item of scored) members[binOf(item.p, bins)]?.push(item);
  return members.flatMap((group, b) => (group.length ? [summarise(group, b / bins, (b + 1) / bins)] : []));
}

/**
 * Bins of equal count in order of p (the first `n mod bins` hold one more), ties kept in the order given; `from` and `to`
 * are the smallest and largest p inside. Fewer than `bins` items give one bin each. Source: Nixon et al., CVPRW 2019.
 */
export function equalMassBins(scored: readonly Scored[], bins = 15): ReliabilityBin[] {
  const sorted = scored.toSorted((a, b) => a.p - b.p);
  const size = Math.floor(sorted.length / bins);
  const larger = sorted.length % bins;
  const result: ReliabilityBin[] = [];
  let start = 0;
  for (let b = 0; b < bins; b += 1) {
    const group = sorted.slice(start, start + size + (b < larger ? 1 : 0));
    start += group.length;
    if (group.length) result.push(summarise(group, group[0]?.p ?? 0, group.at(-1)?.p ?? 1));
  }
  return result;
}

function binOf(p: number, bins: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError("a forecast lies in [0, 1]");
  const guess = Math.ceil(p * bins) - 1;
  // p * bins may round across an edge: an edge is the double nearest b/bins, and belongs to the bin on its left.
  const shifted = p > (guess + 1) / bins ? guess + 1 : p <= guess / bins ? guess - 1 : guess;
  return Math.max(0, Math.min(bins - 1, shifted));
}

function summarise(group: readonly Scored[], from: number, to: number): ReliabilityBin {
  const meanY = weightedMean(group, ({ y }) => y) ?? 0;
  const ess = effectiveSampleSize(group.map(weightOf));
  return {
    from,
    to,
    count: group.length,
    weight: group.reduce((sum, item) => sum + weightOf(item), 0),
    meanP: weightedMean(group, ({ p }) => p) ?? 0,
    meanY,
    interval: wilsonInterval(Math.min(1, meanY) * ess, ess),
  };
}
