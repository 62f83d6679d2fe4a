import type { Prediction, Truth } from "@/lib/decisions/schema";
import type { Terms } from "./schema";

export type Costs = { costWrongYes: number; costWrongNo: number };
export type Ruled = { predicted: Prediction; truth: Truth; amount: number | null };

/**
 * What a decision lost, 0 to 1. Without a limit on cost: 1 where the model predicted something other than the truth. With
 * one: the cost of that error in minor units, of at most `cap`, as a part of `cap`. A wrong yes costs what its type says,
 * but never less than the amount it moves; a wrong no what the type says (autonomy.md §1.6).
 */
export function lossOf(
  { predicted, truth, amount }: Ruled,
  { cost }: Pick<Terms, "cost">,
  costs: Costs,
): number {
  if (predicted === truth) return 0;
  if (cost === null) return 1;
  const lost = predicted === "negative" ? costs.costWrongNo : Math.max(costs.costWrongYes, amount ?? 0);
  return Math.min(lost, cost.cap) / cost.cap;
}
