import { binomialCdf } from "./binomial-p";

/**
 * The p-value of "the mean loss is alpha or more" for losses anywhere in [0,1], `meanLoss` over `n` of them, looked at
 * once: `min(exp(-n·h(min(r,alpha), alpha)), e·P(Bin(n, alpha) <= ceil(n·r)), 1)` with
 * `h(a,b) = a ln(a/b) + (1-a) ln((1-a)/(1-b))`. For losses of 0 and 1 the binomial p-value is never larger.
 * `alpha` in (0,1). Source: Bates, Angelopoulos, Lei, Malik & Jordan, JACM 68 (2021); Bentkus, Annals of Probability 32
 * (2004).
 */
export function hoeffdingBentkus({
  meanLoss,
  n,
  alpha,
}: {
  meanLoss: number;
  n: number;
  alpha: number;
}): number {
  if (!(meanLoss >= 0 && meanLoss <= 1)) throw new RangeError("a mean loss lies in [0, 1]");
  // n·r of a whole number of errors may come out just above it: rounded before it is rounded up.
  const losses = Math.ceil(Math.round(n * meanLoss * 1e9) / 1e9);
  const bentkus = Math.E * binomialCdf(losses, { n, p: alpha });
  const hoeffding = Math.exp(-n * divergence(Math.min(meanLoss, alpha), alpha));
  return Math.min(1, hoeffding, bentkus);
}

/** Kullback-Leibler divergence of Bernoulli(a) from Bernoulli(b), a <= b. */
function divergence(a: number, b: number): number {
  const hits = a === 0 ? 0 : a * Math.log(a / b);
  return hits + (1 - a) * (Math.log1p(-a) - Math.log1p(-b));
}
