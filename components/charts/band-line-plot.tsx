"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axis, grid, tooltip } from "@/components/charts/chart-theme";

type Props = {
  data: { name: string; value: number | null; band: number[] | null; n: number }[];
  limit?: { value: number; label: string };
  format: (value: number) => string;
};

export function BandLinePlot({ data, limit, format }: Props) {
  const say = (value: unknown): string =>
    Array.isArray(value)
      ? value.map(say).join(" – ")
      : typeof value === "number"
        ? format(value)
        : "not known";
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid {...grid} />
        <XAxis dataKey="name" {...axis} minTickGap={24} />
        <YAxis {...axis} width={52} axisLine={false} tickFormatter={format} domain={[0, "auto"]} />
        <Tooltip {...tooltip} formatter={(value) => say(value)} />
        <Area
          dataKey="band"
          name="95 % interval"
          type="linear"
          stroke="none"
          fill="var(--chart-1)"
          fillOpacity={0.18}
          connectNulls={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="value"
          name="Value"
          type="linear"
          stroke="var(--chart-1)"
          strokeWidth={2}
          dot={{ r: 2.5, fill: "var(--chart-1)", strokeWidth: 0 }}
          connectNulls={false}
          isAnimationActive={false}
        />
        {limit ? (
          <ReferenceLine
            y={limit.value}
            stroke="var(--chart-2)"
            strokeDasharray="5 4"
            ifOverflow="extendDomain"
          />
        ) : null}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
