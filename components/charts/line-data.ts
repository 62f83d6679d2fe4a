export type LineSeries = { key: string; label: string };
export type LineValue = { value: number | null; lower: number | null; upper: number | null; n: number };
export type LinePoint = { at: string; complete: boolean; values: Record<string, LineValue | undefined> };
/** Changes of one bucket, drawn as one line with their numbers (“1”, “2–4”); the numbers stand in a list below. */
export type PlotMarker = { at: string; numbers: string };

/** The lines for changes in order, each given by its bucket; a change outside all of them has none. */
export function markersAt(buckets: readonly (string | undefined)[]): PlotMarker[] {
  const numbered = buckets.flatMap((at, place) => (at === undefined ? [] : [{ at, number: place + 1 }]));
  return [...Map.groupBy(numbered, ({ at }) => at)].map(([at, own]) => {
    const [first, last] = [own[0]?.number ?? 0, own.at(-1)?.number ?? 0];
    return { at, numbers: first === last ? String(first) : `${first}–${last}` };
  });
}

/** From so many on, an interval is narrower than the line is thick. */
const bandBelow = 1000;

/**
 * Rows as the plot draws them: the finished part of each line, its unfinished end (which begins at the last finished
 * point, so that the two meet), and the band where few were observed.
 */
export function lineRows(
  series: readonly LineSeries[],
  points: readonly LinePoint[],
): Record<string, string | number | number[] | null>[] {
  const last = points.length - 1;
  return points.map(({ at, complete, values }, place) => {
    const nextIsUnfinished = place === last - 1 && points[last]?.complete === false;
    const row: Record<string, string | number | number[] | null> = { at };
    for (const { key } of series) {
      const { value = null, lower = null, upper = null, n = 0 } = values[key] ?? {};
      // Only the end is dotted: a first bucket that was cut off is over.
      const unfinished = !complete && place === last;
      row[key] = unfinished ? null : value;
      row[`${key} rest`] = unfinished || nextIsUnfinished ? value : null;
      row[`${key} band`] = lower === null || upper === null || n >= bandBelow ? null : [lower, upper];
    }
    return row;
  });
}
