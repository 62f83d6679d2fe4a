"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axis, grid, seriesColors, tooltip } from "@/components/charts/chart-theme";

type Props = {
  name: string;
  data: { name: string; value: number | null }[];
  limits: { label: string; value: number }[];
  text: (value: number) => string;
};

/** One figure over time, with the limits it is held against. */
export function LimitLinePlot({ name, data, limits, text }: Props) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={data} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid {...grid} />
        <XAxis dataKey="name" {...axis} minTickGap={24} />
        <YAxis {...axis} width={64} axisLine={false} tickFormatter={text} domain={["auto", "auto"]} />
        <Tooltip
          {...tooltip}
          formatter={(value) => (typeof value === "number" ? text(value) : "no figure")}
        />
        {limits.map(({ label, value }) => (
          <ReferenceLine
            key={label}
            y={value}
            ifOverflow="extendDomain"
            stroke="var(--muted-foreground)"
            strokeDasharray="4 3"
          />
        ))}
        <Line
          dataKey="value"
          name={name}
          stroke={seriesColors[0]}
          strokeWidth={2}
          dot={{ r: 2 }}
          connectNulls={false}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
