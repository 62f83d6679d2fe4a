/** What must be summed to weigh a group: in SQL `count(*)`, `sum(w)`, `sum(w * w)`. */
export type WeightedSum = { count: number; weight: number; squaredWeight: number };

/** The sum of nothing. */
export const emptySum: WeightedSum = Object.freeze({ count: 0, weight: 0, squaredWeight: 0 });

/** The sum with one more observation of the given weight. */
export function addToSum(sum: WeightedSum, weight: number): WeightedSum {
  return {
    count: sum.count + 1,
    weight: sum.weight + weight,
    squaredWeight: sum.squaredWeight + weight * weight,
  };
}

/** The sum of several disjoint groups together. */
export function combineSums(...sums: readonly WeightedSum[]): WeightedSum {
  return sums.reduce(
    (total, sum) => ({
      count: total.count + sum.count,
      weight: total.weight + sum.weight,
      squaredWeight: total.squaredWeight + sum.squaredWeight,
    }),
    emptySum,
  );
}
