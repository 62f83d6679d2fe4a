import { equalSharesP, shareDifference } from "@/lib/stats/difference";
import { benjaminiHochberg } from "@/lib/stats/benjamini-hochberg";
import { weightedProportionOf, type WeightedProportion } from "@/lib/stats/weighted-proportion";
import { combineSums, emptySum, type WeightedSum } from "@/lib/stats/weighted-sum";
import { leastSample } from "./figure";

/** Sums of one value of a segment: the four cells of what is labelled, and of all decisions whether acting was proposed. */
export type ValueSums = {
  value: string;
  tp: WeightedSum;
  fp: WeightedSum;
  fn: WeightedSum;
  tn: WeightedSum;
  proposed: number;
  all: number;
};

export const disparityRates = ["fpr", "fnr", "selection"] as const;
export type DisparityRate = (typeof disparityRates)[number];

export type RateOfValue = {
  rate: WeightedProportion;
  /** Against all the other values together; null where one side is too small. */
  difference: { value: number; lower: number; upper: number; p: number; q: number } | null;
  /** The interval leaves out 0, and it stays when all comparisons are looked at together. */
  real: boolean;
};
export type DisparityRow = {
  value: string;
  n: number;
  labelled: number;
  rates: Record<DisparityRate, RateOfValue>;
  /** Share proposed over the highest share of the segment; null where one is too small. */
  ratio: number | null;
};

const falseDiscoveries = 0.05;

/**
 * Rates of each value, and each against all the others together, with Benjamini–Hochberg over every comparison made.
 * FPR and FNR are weighted by 1/pi on effective sizes; the share proposed is plain. None is given below 30.
 */
export function disparityOf(values: readonly ValueSums[]): DisparityRow[] {
  const rows = values.map((value) => {
    const rest = values.filter((other) => other !== value);
    const rates = disparityRates.map((rate) => compared(sumsOf(rate, [value]), sumsOf(rate, rest)));
    return { value, rates };
  });
  const compares = rows.flatMap(({ rates }) =>
    rates.flatMap(({ difference }) => (difference ? [difference] : [])),
  );
  benjaminiHochberg(compares.map(({ p }) => p)).forEach((q, at) => {
    const one = compares[at];
    if (one) one.q = q;
  });
  const selections = rows.map(({ rates }) => valueOf(rates[2]?.rate));
  const highest = Math.max(...selections.map((share) => share ?? 0));
  return rows.map(({ value, rates }, at) => {
    const [fpr, fnr, selection] = rates.map(judged);
    if (!fpr || !fnr || !selection) throw new Error("three rates are compared");
    const share = selections[at] ?? null;
    return {
      value: value.value,
      n: value.all,
      labelled: combineSums(value.tp, value.fp, value.fn, value.tn).count,
      rates: { fpr, fnr, selection },
      ratio: share === null || highest === 0 ? null : share / highest,
    };
  });
}

type Sums = { yes: WeightedSum; no: WeightedSum };
type Compared = { rate: WeightedProportion; difference: RateOfValue["difference"] };

function sumsOf(rate: DisparityRate, values: readonly ValueSums[]): Sums {
  const all = (pick: (value: ValueSums) => WeightedSum) => combineSums(emptySum, ...values.map(pick));
  if (rate === "fpr") return { yes: all(({ fp }) => fp), no: all(({ tn }) => tn) };
  if (rate === "fnr") return { yes: all(({ fn }) => fn), no: all(({ tp }) => tp) };
  return {
    yes: all(({ proposed }) => plain(proposed)),
    no: all((value) => plain(value.all - value.proposed)),
  };
}

function compared(own: Sums, rest: Sums): Compared {
  const [rate, other] = [own, rest].map(({ yes, no }) =>
    weightedProportionOf(yes, no, { minimumEss: leastSample }),
  );
  if (!rate || !other) throw new Error("two shares are compared");
  if (rate.kind === "insufficient" || other.kind === "insufficient") return { rate, difference: null };
  const [first, second] = [
    { ...rate, size: rate.ess },
    { ...other, size: other.ess },
  ];
  return { rate, difference: { ...shareDifference(first, second), p: equalSharesP(first, second), q: 1 } };
}

function judged({ rate, difference }: Compared): RateOfValue {
  const apart = difference !== null && (difference.lower > 0 || difference.upper < 0);
  return { rate, difference, real: apart && difference.q <= falseDiscoveries };
}

function valueOf(rate: WeightedProportion | undefined): number | null {
  return rate?.kind === "estimate" ? rate.value : null;
}

const plain = (count: number): WeightedSum => ({ count, weight: count, squaredWeight: count });

const rateWords: Record<DisparityRate, string> = {
  fpr: "is proposed to act on wrongly",
  fnr: "is left alone wrongly",
  selection: "is proposed to act on",
};

/** One sentence for each difference that is real, largest first: what is said above every pooled figure. */
export function disparityWarnings(segment: string, rows: readonly DisparityRow[]): string[] {
  return rows
    .flatMap(({ value, rates }) =>
      disparityRates.flatMap((name) => {
        const { difference, real } = rates[name];
        return real && difference ? [{ value, name, difference }] : [];
      }),
    )
    .toSorted((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value))
    .map(({ value, name, difference: { value: gap, lower, upper } }) => {
      const points = (share: number) => (Math.abs(share) * 100).toFixed(1);
      const ends = [Math.min(Math.abs(lower), Math.abs(upper)), Math.max(Math.abs(lower), Math.abs(upper))];
      return `${segment} ${value} ${rateWords[name]} ${points(gap)} points ${gap > 0 ? "more" : "less"} often than the rest (95 % interval ${points(ends[0] ?? 0)} to ${points(ends[1] ?? 0)}).`;
    });
}
