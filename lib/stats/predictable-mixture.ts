import { predictableBets } from "./betting";
import type { Interval } from "./interval";

/** A confidence sequence in closed form: `most` cuts the bets, `alpha` is 1 - level. */
export type MixtureOptions = { alpha?: number; most?: number };

/**
 * The predictable-mixture Hoeffding confidence sequence of the mean of values in [0,1]: after each value
 * `sum lambda x / sum lambda ± (ln(2/alpha) + sum lambda²/8) / sum lambda`, `lambda_t = min(most,
 * sqrt(8 ln(2/alpha) / (t ln(1+t))))`; valid at all times at once.
 * Source: Waudby-Smith & Ramdas, JRSS B 86 (2024), proposition 1.
 */
export function mixtureHoeffding(
  x: readonly number[],
  { alpha = 0.05, most = 1 }: MixtureOptions = {},
): Interval[] {
  const target = Math.log(2 / alpha);
  const bets = x.map((_, i) => Math.min(most, Math.sqrt((8 * target) / ((i + 1) * Math.log(i + 2)))));
  const costs = bets.map((bet) => bet ** 2 / 8);
  return between(
    lowerBounds(x, { bets, costs, target }),
    lowerBounds(x.map(mirrored), { bets, costs, target }),
  );
}

/**
 * The same with the empirical Bernstein cost `(x_t - mean_{t-1})² (-ln(1 - lambda) - lambda)` and the bets of
 * {@link predictableBets}: narrower where values vary little. `most` below 1. Same source, theorem 2.
 */
export function mixtureBernstein(
  x: readonly number[],
  { alpha = 0.05, most = 0.5 }: MixtureOptions = {},
): Interval[] {
  return between(bernsteinLower(x, alpha, most), bernsteinLower(x.map(mirrored), alpha, most));
}

function bernsteinLower(x: readonly number[], alpha: number, most: number): number[] {
  const bets = predictableBets(x, { alpha: alpha / 2, most });
  let sum = 0;
  const costs = x.map((value, i) => {
    const before = i === 0 ? 0 : sum / i;
    sum += value;
    const bet = bets[i] ?? 0;
    return (value - before) ** 2 * (-Math.log1p(-bet) - bet);
  });
  return lowerBounds(x, { bets, costs, target: Math.log(2 / alpha) });
}

function lowerBounds(
  x: readonly number[],
  { bets, costs, target }: { bets: readonly number[]; costs: readonly number[]; target: number },
): number[] {
  let weighted = 0;
  let stake = 0;
  let cost = target;
  return x.map((value, i) => {
    weighted += (bets[i] ?? 0) * value;
    stake += bets[i] ?? 0;
    cost += costs[i] ?? 0;
    return Math.max(0, (weighted - cost) / stake);
  });
}

function between(lower: readonly number[], mirroredLower: readonly number[]): Interval[] {
  return lower.map((value, i) => ({ lower: value, upper: 1 - (mirroredLower[i] ?? 0) }));
}

function mirrored(value: number): number {
  return 1 - value;
}
