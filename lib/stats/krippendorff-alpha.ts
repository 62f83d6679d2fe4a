import type { Agreement } from "./agreement";
import { bootstrapInterval, type BootstrapOptions } from "./bootstrap";

/** How far two values are apart: alike or not; by rank; by their difference; by their difference over their sum. */
export const measurements = ["nominal", "ordinal", "interval", "ratio"] as const;
export type Measurement = (typeof measurements)[number];

/** The values given to one item; who gave none is left out, so items may have different numbers of them. */
export type Unit = readonly number[];

/**
 * Krippendorff's alpha: `1 - Do / De`, observed over expected disagreement from the coincidence matrix of all pairs of
 * values within items; items with one value say nothing. Any number of raters, missing values allowed. Null when
 * everybody always said one and the same. `times`: how often each item counts, once when not given. Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
 */
export function krippendorffAlpha(
  units: readonly Unit[],
  measurement: Measurement,
  times?: readonly number[],
): number | null {
  return alphaOf(coincidencesOf(units, times), measurement);
}

/** The same with its interval: percentile bootstrap over the items. `n` counts the items with two or more values. */
export function krippendorffAgreement(
  units: readonly Unit[],
  measurement: Measurement,
  options: BootstrapOptions,
): Agreement {
  const paired = units.filter(({ length }) => length >= 2);
  return {
    value: krippendorffAlpha(paired, measurement),
    interval: bootstrapInterval(
      paired,
      (unit) => unit.toSorted((a, b) => a - b).join(),
      (distinct, times) => krippendorffAlpha(distinct, measurement, times),
      options,
    ),
    n: paired.length,
  };
}

type Coincidences = { values: number[]; matrix: number[][]; totals: number[] };

function coincidencesOf(units: readonly Unit[], times?: readonly number[]): Coincidences {
  const values = [...new Set(units.flat())].toSorted((a, b) => a - b);
  const at = new Map(values.map((value, i) => [value, i]));
  const matrix = values.map(() => values.map(() => 0));
  units.forEach((unit, i) => {
    if (unit.length >= 2) addUnit(matrix, unit, at, times?.[i] ?? 1);
  });
  return { values, matrix, totals: matrix.map((row) => row.reduce((sum, each) => sum + each, 0)) };
}

function addUnit(matrix: number[][], unit: Unit, at: ReadonlyMap<number, number>, times: number): void {
  const share = times / (unit.length - 1);
  unit.forEach((first, i) =>
    unit.forEach((second, j) => {
      const row = matrix[at.get(first) ?? -1];
      const column = at.get(second) ?? -1;
      if (i !== j && row?.[column] !== undefined) row[column] += share;
    }),
  );
}

function alphaOf({ values, matrix, totals }: Coincidences, measurement: Measurement): number | null {
  const n = totals.reduce((sum, each) => sum + each, 0);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < values.length; c += 1) {
    for (let k = c + 1; k < values.length; k += 1) {
      const apart = distance(values, totals, c, k, measurement);
      observed += (matrix[c]?.[k] ?? 0) * apart;
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * apart;
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

/** The squared difference of the values at places c < k. */
function distance(
  values: readonly number[],
  totals: readonly number[],
  c: number,
  k: number,
  measurement: Measurement,
): number {
  if (measurement === "nominal") return 1;
  if (measurement === "interval") return ((values[c] ?? 0) - (values[k] ?? 0)) ** 2;
  if (measurement === "ratio") return ratioDistance(values[c] ?? 0, values[k] ?? 0);
  const between = totals.slice(c, k + 1).reduce((sum, each) => sum + each, 0);
  return (between - ((totals[c] ?? 0) + (totals[k] ?? 0)) / 2) ** 2;
}

/** `((a - b)/(a + b))²`, for values of 0 or more that are not alike. */
function ratioDistance(a: number, b: number): number {
  if (!(a >= 0 && b >= 0)) throw new RangeError("a ratio needs values of 0 or more");
  return ((a - b) / (a + b)) ** 2;
}
