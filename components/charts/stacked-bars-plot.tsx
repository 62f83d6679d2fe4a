"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axis, grid, tooltip } from "@/components/charts/chart-theme";
import type { PlotMarker } from "@/components/charts/line-data";

type Props = {
  series: { key: string; label: string; color: string }[];
  data: Record<string, string | number>[];
  layout: "stacked" | "beside";
  markers: PlotMarker[];
};

export function StackedBarsPlot({ series, data, layout, markers }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={data} margin={{ top: 14, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid {...grid} />
        <XAxis dataKey="name" {...axis} minTickGap={24} />
        <YAxis {...axis} width={40} axisLine={false} allowDecimals={layout === "beside"} />
        <Tooltip {...tooltip} />
        {markers.map(({ at, numbers }) => (
          <ReferenceLine
            key={at}
            x={at}
            stroke="var(--border-strong)"
            strokeDasharray="3 3"
            label={{ value: numbers, position: "top", fontSize: 10, fill: "var(--muted-foreground)" }}
          />
        ))}
        {series.map(({ key, label, color }) => (
          <Bar
            key={key}
            dataKey={key}
            name={label}
            stackId={layout === "stacked" ? "all" : key}
            fill={color}
            stroke="var(--surface)"
            strokeWidth={0.5}
            maxBarSize={36}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
