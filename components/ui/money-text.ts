// Making one takes longer than using it a hundred times.
const formats = new Map<string, Intl.NumberFormat>();
function formatOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
  formats.set(key, format);
  return format;
}

/**
 * `formatMoney(18000, "EUR")` → `€180.00`. Minor units, ISO 4217; the currency says how many digits.
 * The kernel has the same rule beside its zod contract; this one keeps zod out of the browser.
 */
export function formatMoney(amount: number, currency: string, locale = "en"): string {
  const format = formatOf(locale, currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
