/**
 * Where the cumulative sum of deviations from the mean, `S_t = sum_{i<=t} (x_i - mean)`, is furthest from 0: the likeliest
 * place of one change of level, `index` being the last value before it. Null for nothing. Source: Page, Biometrika 42 (1955);
 * Pettitt (1980).
 */
export function largestCusum(values: readonly number[]): { index: number; value: number } | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let sum = 0;
  let furthest: { index: number; value: number } | null = null;
  values.forEach((value, index) => {
    sum += value - mean;
    if (!furthest || Math.abs(sum) > Math.abs(furthest.value)) furthest = { index, value: sum };
  });
  return furthest;
}
