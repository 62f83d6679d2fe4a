/** The moment so many hours ago, to the minute, so that two reads of one screen are about the same span. */
export function since(hours: number): string {
  return new Date(Math.floor(Date.now() / 60_000) * 60_000 - hours * 3_600_000).toISOString();
}
