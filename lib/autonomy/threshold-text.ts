/** More decimals than these nobody reads. */
const mostDecimals = 6;

/**
 * A threshold or a confidence as a person reads it: two decimals where they say it, up to four where they do not, and
 * near 1 as many as tell it from 1 (two digits of what is missing): 0.9 → "0.90", 0.8755 → "0.8755",
 * 0.9990819944891053 → "0.99908", 1 → "1.00". Nearer still it is said by what is missing: 0.9999999999996 →
 * "1 − 4 × 10⁻¹³".
 */
export function thresholdText(threshold: number): string {
  const missing = 1 - threshold;
  const needed = missing > 0 && missing < 0.01 ? Math.ceil(-Math.log10(missing)) + 1 : 4;
  if (needed > mostDecimals) return `1 − ${powerText(missing)}`;
  return threshold.toFixed(needed).replace(/(\.\d\d\d*?)0+$/, "$1");
}

/** A small number as "4.2 × 10⁻⁷". */
function powerText(value: number): string {
  const [digits = "", exponent = ""] = value.toExponential(1).split("e-");
  return `${digits.replace(".0", "")} × 10⁻${[...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}
