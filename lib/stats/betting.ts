import type { Interval } from "./interval";

/** `alpha`: 1 - level, in (0,1). `most`: bets are cut to it. */
export type BetOptions = { alpha?: number; most?: number };

/**
 * Predictable bets for the mean of values in [0,1]: before value t,
 * `lambda_t = min(most, sqrt(2 ln(1/alpha) / (t·ln(1+t)·s²_{t-1})))`, with
 * `m_t = (1/2 + sum x)/(t+1)` and `s²_t = (1/4 + sum (x_i - m_i)²)/(t+1)`, `s²_0 = 1/4`.
 * Source: Waudby-Smith & Ramdas, Estimating means of bounded random variables by betting, JRSS B 86 (2024), eq. (15)-(16).
 */
export function predictableBets(
  x: readonly number[],
  { alpha = 0.05, most = Infinity }: BetOptions = {},
): number[] {
  let sum = 0.5;
  let squares = 0.25;
  return x.map((value, i) => {
    if (!(value >= 0 && value <= 1)) throw new RangeError("a value lies in [0, 1]");
    const t = i + 1;
    const bet = Math.sqrt((2 * Math.log(1 / alpha)) / (t * Math.log1p(t) * (squares / t)));
    sum += value;
    squares += (value - sum / (t + 1)) ** 2;
    return Math.min(most, bet);
  });
}

/**
 * The hedged capital of the bets against "the mean is m": `max(K+, K-)/2`, `K± = prod (1 ± lambda_t (x_t - m))`, bets held
 * at `cut` of what could ruin them (`cut/m` and `cut/(1-m)`). Reaches 1/alpha with chance alpha at most while the mean is
 * m. Same source, §4.4.
 */
export function hedgedCapital(x: readonly number[], m: number, bets: readonly number[], cut = 0.5): number[] {
  let rising = 1;
  let falling = 1;
  return x.map((value, i) => {
    const bet = bets[i] ?? 0;
    rising *= 1 + Math.min(bet, cut / m) * (value - m);
    falling *= 1 - Math.min(bet, cut / (1 - m)) * (value - m);
    return Math.max(rising, falling) / 2;
  });
}

/**
 * The hedged-capital confidence sequence of a mean: after each value the means not yet ruled out, on a grid of `steps`
 * with one step to spare on either side, and never wider than before; at all times at once with chance `1 - alpha` at
 * least. Each side bets for alpha/2. Same source, theorem 3.
 */
export function hedgedSequence(
  x: readonly number[],
  { alpha = 0.05, steps = 1000 }: { alpha?: number; steps?: number } = {},
): Interval[] {
  const bets = predictableBets(x, { alpha: alpha / 2 });
  const low = x.map(() => steps);
  const high = x.map(() => 0);
  for (let step = 0; step <= steps; step += 1) {
    hedgedCapital(x, step / steps, bets).forEach((capital, i) => {
      if (capital > 1 / alpha) return;
      low[i] = Math.min(low[i] ?? steps, step);
      high[i] = Math.max(high[i] ?? 0, step);
    });
  }
  let known: Interval = { lower: 0, upper: 1 };
  return x.map((_, i) => {
    // Every mean ruled out: the data were not what was assumed, and nothing new is said.
    if ((low[i] ?? 0) > (high[i] ?? 0)) return known;
    known = {
      lower: Math.max(known.lower, ((low[i] ?? 0) - 1) / steps),
      upper: Math.min(known.upper, ((high[i] ?? steps) + 1) / steps),
    };
    return known;
  });
}

/**
 * The diversified capital against "the mean is m" (0 < m < 1): constant bets at `d/(D+1)` of what could ruin them,
 * d = 1..D, averaged, half on either side. Mixtures of constant bets need no order: the certificate is one, on one side.
 * Same source, §4.5 ("diversified Kelly").
 */
export function diversifiedCapital(x: readonly number[], m: number, bets = 10): number[] {
  if (!(m > 0 && m < 1)) throw new RangeError("a mean to bet against lies strictly between 0 and 1");
  const shares = Array.from({ length: bets }, (_, d) => (d + 1) / (bets + 1));
  const rising = shares.map(() => 1);
  const falling = shares.map(() => 1);
  return x.map((value) => {
    let total = 0;
    shares.forEach((share, d) => {
      rising[d] = (rising[d] ?? 0) * (1 + (share / m) * (value - m));
      falling[d] = (falling[d] ?? 0) * (1 - (share / (1 - m)) * (value - m));
      total += (rising[d] ?? 0) + (falling[d] ?? 0);
    });
    return total / (2 * bets);
  });
}
