/** One colour per series across pages; the sixth and later are “Other”. */
export const seriesColors = [
  "var(--chart-1)",
  "var(--chart-2)",
  "var(--chart-3)",
  "var(--chart-4)",
  "var(--chart-5)",
];
export const otherColor = "var(--chart-other)";

export const axis = {
  stroke: "var(--border-strong)",
  tick: { fill: "var(--muted-foreground)", fontSize: 11 },
  tickLine: false,
} as const;

export const grid = { stroke: "var(--border)", strokeDasharray: "2 4", vertical: false } as const;

export const tooltip = {
  isAnimationActive: false,
  cursor: { fill: "var(--surface-3)", fillOpacity: 0.5, stroke: "var(--border-strong)" },
  contentStyle: {
    background: "var(--surface)",
    border: "1px solid var(--border)",
    borderRadius: 6,
    boxShadow: "var(--shadow-floating)",
    color: "var(--foreground)",
    fontSize: 12,
    padding: "6px 10px",
  },
  labelStyle: { color: "var(--muted-foreground)" },
  itemStyle: { color: "var(--foreground)", padding: 0 },
} as const;

/** `0.0342` → `3.4 %`; one more digit below one per cent, where it matters. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(Math.abs(share) < 0.01 && share !== 0 ? 2 : 1)} %`;
}

/** A figure without a unit, such as a kappa: `-0.246` → `−0.25`. */
export function decimal(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A short UTC label for a point in time: the hour when the span is short, else the day. */
export function bucketLabel(at: string, spanMs: number): string {
  const iso = new Date(at).toISOString();
  return spanMs <= 2 * 86_400_000 ? iso.slice(11, 16) : iso.slice(5, 10);
}

/** The moments that begin a label: a day of many points is named once. */
export function tickMoments(moments: readonly string[], nameOf: (at: string) => string): string[] {
  return moments.filter((at, place) => nameOf(at) !== nameOf(moments[place - 1] ?? at) || place === 0);
}

/** From the first to the last moment, in ms; 0 for fewer than two. */
export function spanOf(moments: string[]): number {
  const [first, last] = [moments[0], moments.at(-1)];
  return first === undefined || last === undefined ? 0 : new Date(last).getTime() - new Date(first).getTime();
}
