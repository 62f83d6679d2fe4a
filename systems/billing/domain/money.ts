const known = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** Whether this is an ISO 4217 code in Stripe's lower case. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

/** Minor units as a reader writes them: `1234, "eur"` is `€12.34`. */
export function formatMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}
