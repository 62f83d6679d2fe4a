import type { Interval } from "./interval";
import { wilsonInterval } from "./wilson";

/** A measure of agreement with its interval and how many items it rests on; null where it is not defined. */
export type Agreement = { value: number | null; interval: Interval | null; n: number };

/**
 * Share of items on which all who judged said the same, over items that two or more judged. Interval: Wilson.
 * It does not allow for agreement by chance; the kappas and alpha do.
 */
export function percentAgreement<T>(items: readonly (readonly T[])[], level = 0.95): Agreement {
  const judged = items.filter(({ length }) => length >= 2);
  const alike = judged.filter((values) => values.every((value) => value === values[0])).length;
  const n = judged.length;
  return {
    value: n === 0 ? null : alike / n,
    interval: n === 0 ? null : wilsonInterval(alike, n, level),
    n,
  };
}
