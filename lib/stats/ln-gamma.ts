const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);
/** Below this the series is not yet exact to double precision. */
const enough = 16;

/**
 * How far Stirling's formula is off: `ln Γ(x+1) - ((x + 1/2) ln x - x + ln √(2π))`, x > 0, to about 16 digits.
 * Source: Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
 */
export function stirlingError(x: number): number {
  if (!(x > 0)) throw new RangeError("Stirling's formula needs a number above 0");
  if (x < enough) return lnGamma(x + 1) - ((x + 0.5) * Math.log(x) - x + halfLogTwoPi);
  return stirlingSeries(x);
}

/** ln Γ(x), x > 0, to about 15 digits: shifted up by Γ(x+1) = xΓ(x), then Stirling's series. Abramowitz & Stegun 6.1.41. */
export function lnGamma(x: number): number {
  if (!(x > 0)) throw new RangeError("ln Γ needs a number above 0");
  let product = 1;
  let shifted = x;
  while (shifted < enough) {
    product *= shifted;
    shifted += 1;
  }
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + stirlingSeries(shifted) - Math.log(product)
  );
}

function stirlingSeries(x: number): number {
  const square = x * x;
  return (
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) /
        square) /
    x
  );
}
