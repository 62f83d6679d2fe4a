import { z } from "zod";

/** Money: integer minor units and an ISO 4217 code, never a float. */
export const Money = z.object({
  amount: z.int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR"),
});
export type Money = z.output<typeof Money>;

/** Decimal places of a currency (2 for EUR, 0 for JPY), from the platform's own CLDR tables. */
export function minorDigits(currency: string): number {
  const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

/** `{ amount: 18000, currency: "EUR" }` → "€180.00". */
export function formatMoney(money: Money, locale = "en"): string {
  const digits = minorDigits(money.currency);
  return new Intl.NumberFormat(locale, { style: "currency", currency: money.currency }).format(
    money.amount / 10 ** digits,
  );
}
