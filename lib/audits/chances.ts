/**
 * The probability that a decision is chosen by an earlier draw or by this one, the two being independent:
 * `1 - (1 - before)(1 - rate)`. A draw stores it with every audit of its population, those that were there before too:
 * with it in all of them, weights 1/pi over the union of both samples are unbiased (Horvitz & Thompson, JASA 47, 1952).
 */
export function combinedChance(before: number, rate: number): number {
  return 1 - (1 - before) * (1 - rate);
}
