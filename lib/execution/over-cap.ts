import { formatMoney } from "@/lib/kernel/money";

/** Null when an act may be of this amount under its action's cap; otherwise why not. What has no amount is not under it. */
export function overCap(
  cap: number | null | undefined,
  { amount, currency }: { amount: number | null; currency: string | null },
): string | null {
  if (cap === null || cap === undefined) return null;
  if (amount === null || currency === null) {
    return "This action has a largest amount, and what this one moves is not known.";
  }
  if (amount <= cap) return null;
  const money = (value: number) => formatMoney({ amount: value, currency });
  return `This action moves at most ${money(cap)} at a time; this is ${money(amount)}.`;
}
