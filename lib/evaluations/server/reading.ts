import { combineSums, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import { weightedProportionOf } from "@/lib/stats/weighted-proportion";
import { leastSample } from "../figure";
import type { Figure } from "../schema";

/** The numbers of a figure, without what it says of itself. */
export type Numbers = Pick<Figure, "value" | "lower" | "upper" | "n" | "ess" | "needed">;
/** A metric over its whole window and by bucket (its start); a bucket without rows is absent. */
export type Reading = { all: Numbers; at: Map<string, Numbers>; note?: string };

export const nothing: Numbers = { value: null, lower: null, upper: null, n: 0, ess: null, needed: 1 };

export type ShareRow = { at: string; yes: boolean } & WeightedSum;

/** Shares from sums by bucket and answer. `least`: the effective sample below which no figure is given. */
export function sharesOf(rows: readonly ShareRow[], least = leastSample): Reading {
  const of = (some: readonly ShareRow[]) => {
    const [yes, no] = [true, false].map((which) =>
      combineSums(emptySum, ...some.filter((row) => row.yes === which)),
    );
    return shareNumbers(yes ?? emptySum, no ?? emptySum, least);
  };
  const by = Map.groupBy(rows, ({ at }) => at);
  return { all: of(rows), at: new Map([...by].map(([at, some]) => [at, of(some)])) };
}

/** A weighted share with Wilson on its effective size; plain counts are weights of one. */
export function shareNumbers(yes: WeightedSum, no: WeightedSum, least = leastSample): Numbers {
  const found = weightedProportionOf(yes, no, { minimumEss: least });
  if (found.kind === "insufficient") {
    return { ...nothing, n: found.n, ess: found.ess, needed: found.needed };
  }
  const { value, lower, upper, n, ess } = found;
  return { value, lower, upper, n, ess, needed: null };
}

/** A plain count: it has no interval, and 0 is a count. */
export function countNumbers(count: number): Numbers {
  return { value: count, lower: null, upper: null, n: count, ess: null, needed: null };
}

/** Counts by bucket; the whole is their sum. */
export function countsOf(rows: readonly { at: string; count: number }[]): Reading {
  return {
    all: countNumbers(rows.reduce((sum, { count }) => sum + count, 0)),
    at: new Map(rows.map(({ at, count }) => [at, countNumbers(count)])),
  };
}
