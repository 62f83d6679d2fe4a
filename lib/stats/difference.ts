import { chiSquareUpper } from "./chi-square";
import type { Interval } from "./interval";

/** A share with its interval, and the (effective) number it rests on. */
export type SizedShare = Interval & { value: number; size: number };

/**
 * First minus second of two independent shares, with the interval that combines their own: Newcombe's hybrid score
 * method when those are Wilson's. Source: Newcombe, Statistics in Medicine 17 (1998), method 10; Zou & Donner (2008).
 */
export function shareDifference(first: SizedShare, second: SizedShare): Interval & { value: number } {
  const value = first.value - second.value;
  return {
    value,
    lower: value - Math.hypot(first.value - first.lower, second.upper - second.value),
    upper: value + Math.hypot(first.upper - first.value, second.value - second.lower),
  };
}

/** Two-sided p of "both shares are one", by the pooled normal score on (effective) sizes; 1 where nothing varies. */
export function equalSharesP(first: SizedShare, second: SizedShare): number {
  const pooled = (first.value * first.size + second.value * second.size) / (first.size + second.size);
  const variance = pooled * (1 - pooled) * (1 / first.size + 1 / second.size);
  return variance > 0 ? chiSquareUpper((first.value - second.value) ** 2 / variance, 1) : 1;
}
