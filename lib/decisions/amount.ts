import { atPointer, type JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";

export type AmountPointers = {
  amountPointer: string | null;
  currencyPointer: string | null;
  currency: string;
};

/**
 * The money an action moves, read from its arguments at the type's pointers: a whole, non-negative number of minor
 * units and a currency (the type's own where it has no pointer). Null when the type moves none or it cannot be read.
 */
export function amountOf(args: JsonObject, type: AmountPointers): Money | null {
  if (type.amountPointer === null) return null;
  const amount = atPointer(args, type.amountPointer);
  const currency = type.currencyPointer === null ? type.currency : atPointer(args, type.currencyPointer);
  if (typeof amount !== "number" || !Number.isSafeInteger(amount) || amount < 0) return null;
  if (typeof currency !== "string" || !/^[A-Za-z]{3}$/.test(currency)) return null;
  return { amount, currency: currency.toUpperCase() };
}
