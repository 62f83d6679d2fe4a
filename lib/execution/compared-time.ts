/** `2026-11-21 14:42 to 2026-11-22 14:42 UTC`. */
export function comparedTime({ from, to }: { from: string; to: string }): string {
  const minute = (at: string) => at.slice(0, 16).replace("T", " ");
  return `${minute(from)} to ${minute(to)} UTC`;
}
