import type { Prediction, Truth } from "@/lib/decisions/schema";
import { effectiveSizeOf } from "@/lib/stats/effective-sample-size";
import { tangoInterval } from "@/lib/stats/tango";
import { combineSums, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import { leastSample } from "./figure";

/** Inputs that two versions both answered, summed by what each said and what was right. */
export type PairSum = WeightedSum & { truth: Truth; first: Prediction; second: Prediction };

/** A rate of both on the same inputs, and first less second with its interval. */
export type PairedRate = {
  question: string;
  n: number;
  first: number;
  second: number;
  gap: { value: number; lower: number; upper: number; real: boolean };
};

const rates: { question: string; among: readonly Truth[] }[] = [
  { question: "Share wrong", among: ["positive", "negative"] },
  { question: "FPR", among: ["negative"] },
  { question: "FNR", among: ["positive"] },
];

/**
 * The share wrong, FPR and FNR of both versions on the inputs that both answered, with Tango's interval of a paired
 * difference on the effective size (Statistics in Medicine 17, 1998). None below an effective sample of 30.
 */
export function pairedRates(rows: readonly PairSum[]): PairedRate[] {
  return rates.flatMap(({ question, among }) => {
    const some = rows.filter(({ truth }) => among.includes(truth));
    const sum = (is: (row: PairSum) => boolean) => combineSums(emptySum, ...some.filter(is));
    const all = sum(() => true);
    const ess = effectiveSizeOf(all);
    if (ess < leastSample * (1 - 1e-9)) return [];
    const share = (is: (row: PairSum) => boolean) => sum(is).weight / all.weight;
    const onlyFirst = share(({ truth, first, second }) => first !== truth && second === truth);
    const onlySecond = share(({ truth, first, second }) => first === truth && second !== truth);
    const { lower, upper } = tangoInterval({
      onlyFirst: onlyFirst * ess,
      // Two shares of one whole may add up to a little more than it.
      onlySecond: Math.min(onlySecond * ess, ess - onlyFirst * ess),
      n: ess,
    });
    return [
      {
        question,
        n: all.count,
        first: share(({ truth, first }) => first !== truth),
        second: share(({ truth, second }) => second !== truth),
        gap: { value: onlyFirst - onlySecond, lower, upper, real: lower > 0 || upper < 0 },
      },
    ];
  });
}
