const known = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** Whether this is an ISO 4217 code in Stripe's lower case. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  const made = formats.get(currency) ?? new Intl.NumberFormat("en", { style: "currency", currency });
  formats.set(currency, made);
  return made;
}

/** Minor units as a reader writes them: `1234, "eur"` is `€12.34`. */
export function formatMoney(minor: number, currency: string): string {
  const format = formatOf(currency.toUpperCase());
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}
