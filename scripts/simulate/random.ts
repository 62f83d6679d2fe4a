/** Uniform in [0, 1). */
export type Random = () => number;

/**
 * The numbers of one simulated stream: the same for the same seed, name and index, on whichever worker it runs and
 * whatever was drawn before. Generator: sfc32 (C. Doty-Humphrey's PractRand), 128 bits of state, so that streams do not
 * overlap; started from an FNV-1a hash of the name.
 */
export function randomOf(seed: number, name: string, index: number): Random {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  let [a, b, c, counter] = [seed | 0, hash | 0, index | 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 20; warm += 1) next();
  return next;
}

/** Above this `exp(-mean)` nears the smallest double: a larger mean is drawn in halves. */
const greatestMean = 500;

/** A Poisson count by inversion: one draw, walked up the distribution function. */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > greatestMean) return poisson(random, mean / 2) + poisson(random, mean / 2);
  const at = random();
  let probability = Math.exp(-mean);
  let reached = probability;
  let count = 0;
  // The second condition ends the walk where rounding keeps the sum below the draw.
  while (at >= reached && (count < mean || probability > 1e-18)) {
    count += 1;
    probability *= mean / count;
    reached += probability;
  }
  return count;
}
