import { z } from "zod";

/** Money: integer minor units and an ISO 4217 code, never a float. */
export const Money = z.object({
  amount: z.int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR"),
});
export type Money = z.output<typeof Money>;

/** Decimal places of a currency (2 for EUR, 0 for JPY), from the platform's own CLDR tables. */
export function minorDigits(currency: string): number {
  return formatOf("en", currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `{ amount: 18000, currency: "EUR" }` → "€180.00". */
export function formatMoney(money: Money, locale = "en"): string {
  const digits = minorDigits(money.currency);
  return formatOf(locale, money.currency).format(money.amount / 10 ** digits);
}

const formats = new Map<string, Intl.NumberFormat>();
const mostFormats = 300;

// Making one costs as much as a query; there are few currencies.
function formatOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { style: "currency", currency });
  if (formats.size < mostFormats) formats.set(key, made);
  return made;
}
