/**
 * `formatMoney(18000, "EUR")` → `€180.00`. Minor units, ISO 4217; the currency says how many digits.
 * The kernel has the same rule beside its zod contract; this one keeps zod out of the browser.
 */
export function formatMoney(amount: number, currency: string, locale = "en"): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
