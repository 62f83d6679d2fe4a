/**
 * A threshold or a confidence as a person reads it: two decimals where they say it, up to four where they do not, and
 * near 1 as many as tell it from 1 (two digits of what is missing): 0.9 → "0.90", 0.8755 → "0.8755",
 * 0.9990819944891053 → "0.99908", 1 → "1.00".
 */
export function thresholdText(threshold: number): string {
  const missing = 1 - threshold;
  const needed = missing > 0 && missing < 0.01 ? Math.ceil(-Math.log10(missing)) + 1 : 4;
  return threshold.toFixed(Math.min(15, needed)).replace(/(\.\d\d\d*?)0+$/, "$1");
}
