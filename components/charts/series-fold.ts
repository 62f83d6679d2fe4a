export type Series = { key: string; label: string };
/** One bucket: its start in ISO 8601 and a count per series key; a missing count is 0. */
export type StackPoint = { at: string; label?: string; unfinished?: boolean; values: Record<string, number> };

const otherKey = "other";

/** At most `most` series; the rest are summed into “Other (n)”, so that no colour is used twice. */
export function foldSeries(
  series: Series[],
  points: StackPoint[],
  most: number,
): { series: Series[]; points: StackPoint[]; folded: number } {
  if (series.length <= most) return { series, points, folded: 0 };
  const kept = series.slice(0, most);
  const rest = series.slice(most);
  return {
    series: [...kept, { key: otherKey, label: `Other (${rest.length})` }],
    points: points.map((point) => ({
      ...point,
      values: {
        ...Object.fromEntries(kept.map(({ key }) => [key, point.values[key] ?? 0])),
        [otherKey]: rest.reduce((sum, { key }) => sum + (point.values[key] ?? 0), 0),
      },
    })),
    folded: rest.length,
  };
}
