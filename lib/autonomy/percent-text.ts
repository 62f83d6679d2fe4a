/** 0.02 → "2 %", 0.005 → "0.5 %": as many digits as it takes, at most two after the point. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${Number(percent.toFixed(percent < 1 ? 2 : percent < 10 ? 1 : 0))} %`;
}
