import { weightOf } from "./scored";
import { type ProportionOptions, type WeightedProportion, weightedProportionOf } from "./weighted-proportion";
import { addToSum, combineSums, emptySum, type WeightedSum } from "./weighted-sum";

/** One labelled decision: was the positive action proposed, and was it right to take it? */
export type ConfusionCase = { predicted: boolean; actual: boolean; weight?: number };

/** The four cells, each with its plain count and its weights (1/propensity). */
export type ConfusionMatrix = {
  tp: WeightedSum;
  fp: WeightedSum;
  fn: WeightedSum;
  tn: WeightedSum;
};

/** Shares of the matrix, each within its own denominator. `fpr` and `fnr` need labels in both regions. */
export type ConfusionRates = {
  ppv: WeightedProportion;
  npv: WeightedProportion;
  fpr: WeightedProportion;
  fnr: WeightedProportion;
  tpr: WeightedProportion;
  tnr: WeightedProportion;
  accuracy: WeightedProportion;
};

/** Counts and weighs the cases into the four cells. */
export function confusionMatrix(cases: readonly ConfusionCase[]): ConfusionMatrix {
  const matrix = { tp: emptySum, fp: emptySum, fn: emptySum, tn: emptySum };
  for (const item of cases) {
    const cell = cellOf(item);
    matrix[cell] = addToSum(matrix[cell], weightOf(item));
  }
  return matrix;
}

/**
 * `ppv = TP/(TP+FP)`, `npv = TN/(TN+FN)`, `fpr = FP/(FP+TN)`, `fnr = FN/(FN+TP)`, their complements `tnr` and `tpr`, and accuracy;
 * all weighted, with Wilson's interval on the effective sample size of the rate's own denominator.
 */
export function confusionRates(
  { tp, fp, fn, tn }: ConfusionMatrix,
  options: ProportionOptions = {},
): ConfusionRates {
  return {
    ppv: weightedProportionOf(tp, fp, options),
    npv: weightedProportionOf(tn, fn, options),
    fpr: weightedProportionOf(fp, tn, options),
    fnr: weightedProportionOf(fn, tp, options),
    tpr: weightedProportionOf(tp, fn, options),
    tnr: weightedProportionOf(tn, fp, options),
    accuracy: weightedProportionOf(combineSums(tp, tn), combineSums(fp, fn), options),
  };
}

function cellOf({ predicted, actual }: ConfusionCase): keyof ConfusionMatrix {
  if (predicted) return actual ? "tp" : "fp";
  return actual ? "fn" : "tn";
}
