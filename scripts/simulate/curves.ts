/** Score bins of equal mass, from the most confident on; a threshold lies at the end of each. */
export const bins = 20;

/** The middle of bin b as a share of all decisions, 0 = the most confident. */
export const middleOf = (bin: number): number => (bin + 0.5) / bins;

/** What the simulated model says of itself in bin b: its claimed error is .3u². */
export const confidenceOf = (bin: number): number => 1 - claimed(middleOf(bin));

/** How many bins reach a threshold: the confidences of a bin are all alike. */
export function autoOf(threshold: number): number {
  let auto = 0;
  while (auto < bins && confidenceOf(auto) >= threshold) auto += 1;
  return auto;
}

const claimed = (u: number): number => 0.3 * u ** 2;

/** True error rates by confidence, named as in the method's own simulations. */
export const curves = {
  /** Says the truth about itself. */
  CAL: (u) => claimed(u),
  /** Three times as often wrong as it says. */
  OVER3: (u) => 3 * claimed(u),
  UNDER3: (u) => claimed(u) / 3,
  /** Everything may run alone. */
  EASY: (u) => 0.002 + 0.02 * u,
  /** Surest where it is worst. */
  BLIND: (u) => (u < 0.05 ? 0.06 : 0.004 + 0.2 * u ** 3),
  /** Nothing is safe. */
  HARD: (u, alpha) => 1.5 * alpha + 0.3 * u,
  STEP: (u, alpha) => (u < 0.5 ? 0.6 : 3) * alpha,
  /** Just above the promise everywhere: every certificate is false. */
  CONST: (_, alpha) => 1.001 * alpha,
  /** Just above the promise for the thresholds past the one that is deployed: what the weights must see through. */
  EXPAND: (u, alpha) => (u < 0.3 ? 0.3 : u < 0.6 ? 1.702 : 3) * alpha,
} as const satisfies Record<string, (u: number, alpha: number) => number>;
export type CurveName = keyof typeof curves;

/** The true error rate of every bin. */
export function ratesOf(curve: CurveName, alpha: number): number[] {
  return Array.from({ length: bins }, (_, bin) => Math.min(1, curves[curve](middleOf(bin), alpha)));
}

/** The true error rate above each threshold: element j is that of bins 0 to j together. */
export function risksOf(rates: readonly number[]): number[] {
  let sum = 0;
  return rates.map((rate, bin) => (sum += rate) / (bin + 1));
}

/** Rounding of a sum of twenty rates; a rate that is alpha by construction keeps its promise. */
const rounding = 1e-12;

/** Whether the threshold after `auto` bins breaks the promise. */
export function isViolated(risks: readonly number[], auto: number, alpha: number): boolean {
  return auto > 0 && (risks[auto - 1] ?? 0) > alpha + rounding;
}

/** The largest share that could run alone if the truth were known. */
export function oracleShare(rates: readonly number[], alpha: number): number {
  const last = risksOf(rates).findLastIndex((risk) => risk <= alpha + rounding);
  return (last + 1) / bins;
}
