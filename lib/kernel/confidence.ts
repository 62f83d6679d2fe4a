/**
 * A confidence for people: two decimals, and near 1 as many as it takes to tell it from 1 (0.9987). Cut, not rounded,
 * so that what is below a threshold never reads as if it reached it.
 */
export function formatConfidence(confidence: number): string {
  if (confidence >= 1) return "1.00";
  for (let digits = 2; digits <= 6; digits++) {
    const cut = Math.floor(confidence * 10 ** digits + 1e-9) / 10 ** digits;
    const nines = 1 - 10 ** -digits;
    if (cut < nines - 1e-12) return cut.toFixed(digits);
    if (digits === 6) return nines.toFixed(digits);
  }
  return String(confidence);
}
