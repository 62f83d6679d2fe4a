"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { axis, grid } from "@/components/charts/chart-theme";
import type { LineSeries, PlotMarker } from "@/components/charts/line-data";

type Props = {
  series: (LineSeries & { color: string })[];
  /** One row a point: `at`, and per series its whole part, its unfinished part and its interval. */
  data: Record<string, string | number | number[] | null>[];
  nameOf: (at: string) => string;
  /** The moments that are named, where there is room. */
  ticks: string[];
  format: (value: number) => string;
  top: "share" | "auto";
  limit: number | null;
  markers: PlotMarker[];
  /** The point that is read by keyboard. */
  active: string | null;
};

/** Straight segments, gaps where nothing was observed, intervals as bands, what is unfinished dotted. */
export function LinePlot({ series, data, nameOf, ticks, format, top, limit, markers, active }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data}
        margin={{ top: 12, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid {...grid} />
        <XAxis dataKey="at" ticks={ticks} tickFormatter={nameOf} {...axis} minTickGap={28} />
        <YAxis
          {...axis}
          width="auto"
          axisLine={false}
          domain={
            top === "share"
              ? [0, (most: number) => Math.min(1, Math.max(most, limit ?? 0, 0.01))]
              : [0, "auto"]
          }
          tickFormatter={format}
        />
        {markers.map(({ at, numbers }) => (
          <ReferenceLine
            key={at}
            x={at}
            stroke="var(--border-strong)"
            strokeDasharray="3 3"
            label={{ value: numbers, position: "top", fontSize: 10, fill: "var(--muted-foreground)" }}
          />
        ))}
        {limit === null ? null : (
          <ReferenceLine y={limit} stroke="var(--declined)" strokeDasharray="6 3" ifOverflow="extendDomain" />
        )}
        {active === null ? null : <ReferenceLine x={active} stroke="var(--ring)" strokeWidth={2} />}
        {series.map(({ key, color }) => (
          <Area
            key={`${key} band`}
            dataKey={`${key} band`}
            stroke="none"
            fill={color}
            fillOpacity={0.18}
            type="linear"
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
        {series.map(({ key, color }) => (
          <Line
            key={key}
            dataKey={key}
            stroke={color}
            strokeWidth={2}
            type="linear"
            dot={{ r: 2.5, fill: color, strokeWidth: 0 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
        {series.map(({ key, color }) => (
          <Line
            key={`${key} rest`}
            dataKey={`${key} rest`}
            stroke={color}
            strokeWidth={2}
            strokeDasharray="2 4"
            type="linear"
            dot={{ r: 3, fill: "var(--surface)", stroke: color, strokeWidth: 1.5 }}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
