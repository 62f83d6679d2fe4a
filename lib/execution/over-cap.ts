import { formatMoney } from "@/lib/kernel/money";

/**
 * Null when an act may be of this amount under its action's cap (minor units of `capCurrency`, its type's own);
 * otherwise why not. What has no amount is not under it, and neither is money in another currency: numbers of two
 * currencies do not compare.
 */
export function overCap(
  cap: number | null | undefined,
  { amount, currency }: { amount: number | null; currency: string | null },
  capCurrency: string | null,
): string | null {
  if (cap === null || cap === undefined) return null;
  if (amount === null || currency === null) {
    return "This action has a largest amount, and what this one moves is not known.";
  }
  if (currency !== capCurrency && amount > 0) {
    return `This action's largest amount is in ${capCurrency ?? "another currency"}; this is ${formatMoney({ amount, currency })}.`;
  }
  if (amount <= cap) return null;
  const money = (value: number) => formatMoney({ amount: value, currency });
  return `This action moves at most ${money(cap)} at a time; this is ${money(amount)}.`;
}
