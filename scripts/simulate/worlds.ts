import { bins } from "./curves";

export const drifts = ["none", "x2", "x4", "plus_5", "gradual_x4", "top_30_plus_10"] as const;
export type Drift = (typeof drifts)[number];

/** Days over which the gradual drift grows. */
const gradual = 60;

/** The true error rates of each bin on a day, `since` days after the drift began (below 0: before it). */
export function ratesAfter(base: readonly number[], drift: Drift, since: number): readonly number[] {
  if (since < 0 || drift === "none") return base;
  return base.map((rate, bin) => Math.min(1, drifted(rate, bin, drift, since)));
}

function drifted(rate: number, bin: number, drift: Drift, since: number): number {
  switch (drift) {
    case "none":
      return rate;
    case "x2":
      return 2 * rate;
    case "x4":
      return 4 * rate;
    case "plus_5":
      return rate + 0.05;
    case "gradual_x4":
      return rate * (1 + (3 * Math.min(since, gradual)) / gradual);
    case "top_30_plus_10":
      return bin < 0.3 * bins ? rate + 0.1 : rate;
  }
}
