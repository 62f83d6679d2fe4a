import { pairedShares } from "./shares";

/** An empty category would make the index infinite: it counts as this share (the usual convention). */
const leastShare = 1e-4;

/**
 * The population stability index of two distributions over the same categories: `sum (q - p) ln(q/p)`, p the reference's
 * shares, q the current ones; symmetric, 0 when alike, in nats. Counts or shares, any scale. Above .2 is customarily
 * called a shift: a convention, no guarantee. Source: Siddiqi, Credit Risk Scorecards (2006); it is Jeffreys' divergence.
 */
export function populationStability(reference: readonly number[], current: readonly number[]): number {
  return pairedShares(reference, current).reduce((sum, [before, now]) => {
    const p = Math.max(before, leastShare);
    const q = Math.max(now, leastShare);
    return sum + (q - p) * Math.log(q / p);
  }, 0);
}
