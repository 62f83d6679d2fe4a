/** Prices in millionths of a currency unit for a million tokens; null: not known. */
export type Prices = { inputPriceMicros: number | null; outputPriceMicros: number | null };

/** What tokens cost, in millionths of the model's currency, rounded up; null where a price is not known. */
export function costMicros(
  { inputPriceMicros, outputPriceMicros }: Prices,
  tokens: { inputTokens: number; outputTokens: number },
): number | null {
  if (inputPriceMicros === null || outputPriceMicros === null) return null;
  return Math.ceil(
    (tokens.inputTokens * inputPriceMicros + tokens.outputTokens * outputPriceMicros) / 1_000_000,
  );
}

/** Waits before the n-th repeat (from 1), milliseconds: doubled each time, or what the provider asked for, at most 20 s. */
export function waitBeforeRepeat(n: number, askedMs: number | null, draw: number): number {
  const own = 250 * 2 ** (n - 1) * (0.75 + draw / 2);
  return Math.min(20_000, Math.max(own, askedMs ?? 0));
}
