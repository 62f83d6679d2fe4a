import { wilsonInterval } from "@/lib/stats/wilson";
import { type WeightedProportion, weightedProportionOf } from "@/lib/stats/weighted-proportion";
import type { WeightedSum } from "@/lib/stats/weighted-sum";
import type { Figure } from "./schema";

/** What a figure says of itself beside its numbers. */
export type Saying = Pick<Figure, "population" | "weighting" | "rows">;

/** The least effective sample size a weighted rate is shown with (autonomy.md §4). */
export const leastSample = 30;

/** A share of plain counts with Wilson's interval; no figure when there is nothing to divide by. */
export function plainShare(part: number, whole: number, saying: Saying): Figure {
  if (whole === 0) {
    return { unit: "share", value: null, lower: null, upper: null, n: 0, ess: null, needed: 1, ...saying };
  }
  const interval = wilsonInterval(part, whole);
  return { unit: "share", value: part / whole, ...interval, n: whole, ess: null, needed: null, ...saying };
}

/** A share of weighted sums (Hájek), with Wilson on the effective sample size; refused below `least`. */
export function weightedShare(
  yes: WeightedSum,
  no: WeightedSum,
  saying: Saying,
  least = leastSample,
): Figure {
  return figureOf(weightedProportionOf(yes, no, { minimumEss: least }), saying);
}

/** The figure of a weighted proportion. */
export function figureOf(proportion: WeightedProportion, saying: Saying): Figure {
  const { n, ess } = proportion;
  if (proportion.kind === "insufficient") {
    const none = { value: null, lower: null, upper: null };
    return { unit: "share", ...none, n, ess, needed: proportion.needed, ...saying };
  }
  const { value, lower, upper } = proportion;
  return { unit: "share", value, lower, upper, n, ess, needed: null, ...saying };
}
