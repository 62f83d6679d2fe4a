import type { Agreement } from "./agreement";
import { normalQuantile } from "./normal-quantile";
import { sum } from "./sum";

/** Two answers about one thing. Pairs with the same `cluster` are about the same thing, and so not independent. */
export type RatedPair = { first: string; second: string; weight: number; cluster: string };

/**
 * Cohen's kappa of weighted pairs. Interval: normal, with the delta method's error from the sums of whole clusters, so that
 * ten people on one thing are not ten things; null of fewer than two clusters. Where each pair is a cluster of weight one
 * it is Fleiss, Cohen & Everitt's. Source: Yang & Zhou, Kappa statistic for clustered matched-pair data, Statistics in
 * Medicine 33 (2014). `n` counts pairs.
 */
export function clusteredKappa(pairs: readonly RatedPair[], level = 0.95): Agreement & { se: number | null } {
  const n = pairs.length;
  const total = sum(pairs.map(({ weight }) => weight));
  const first = sharesOf(pairs, "first", total);
  const second = sharesOf(pairs, "second", total);
  const expected = sum([...first].map(([category, share]) => share * (second.get(category) ?? 0)));
  if (n === 0 || expected > 1 - 1e-12) return { value: null, interval: null, n, se: null };
  const observed = sum(pairs.map((pair) => (pair.first === pair.second ? pair.weight : 0))) / total;
  const kappa = (observed - expected) / (1 - expected);
  // How far kappa moves with a little more of this pair: its derivative by the share of the pair's cell.
  const pull = (pair: RatedPair) =>
    ((pair.first === pair.second ? 1 : 0) -
      (1 - kappa) * ((second.get(pair.first) ?? 0) + (first.get(pair.second) ?? 0))) /
    (1 - expected);
  const mean = sum(pairs.map((pair) => pair.weight * pull(pair))) / total;
  const byCluster = new Map<string, number>();
  for (const pair of pairs) {
    const part = (pair.weight * (pull(pair) - mean)) / total;
    byCluster.set(pair.cluster, (byCluster.get(pair.cluster) ?? 0) + part);
  }
  if (byCluster.size < 2) return { value: kappa, interval: null, n, se: null };
  const se = Math.sqrt(sum([...byCluster.values()].map((part) => part * part)));
  const reach = normalQuantile((1 + level) / 2) * se;
  return {
    value: kappa,
    interval: { lower: Math.max(-1, kappa - reach), upper: Math.min(1, kappa + reach) },
    n,
    se,
  };
}

function sharesOf(pairs: readonly RatedPair[], side: "first" | "second", total: number): Map<string, number> {
  const shares = new Map<string, number>();
  for (const pair of pairs) shares.set(pair[side], (shares.get(pair[side]) ?? 0) + pair.weight / total);
  return shares;
}
