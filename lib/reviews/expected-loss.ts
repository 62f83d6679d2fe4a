import type { Prediction } from "@/lib/decisions/schema";
import type { Money } from "@/lib/kernel/money";

export type AtStake = {
  predicted: Prediction;
  /** The app's own, 0 to 1; null: it gave none. */
  confidence: number | null;
  amount: Money | null;
  /** What a wrong yes and a wrong no cost, minor units of `currency`: the type's own. */
  costWrongYes: number;
  costWrongNo: number;
  currency: string;
};

/**
 * What following the proposal unseen would be expected to cost, in minor units of the type's currency: the chance that
 * it is wrong, times what that costs. The chance is one less the confidence, and one where the app gave none. A wrong
 * yes costs what the type says, but never less than the amount it moves in the type's currency; a wrong no costs what
 * the type says.
 */
export function expectedLoss(stake: AtStake): number {
  const { confidence } = stake;
  const known = confidence !== null && confidence >= 0 && confidence <= 1;
  return (known ? 1 - confidence : 1) * costOf(stake);
}

function costOf({ predicted, amount, costWrongYes, costWrongNo, currency }: AtStake): number {
  if (predicted === "negative") return costWrongNo;
  return Math.max(costWrongYes, amount?.currency === currency ? amount.amount : 0);
}
