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
import { axis, decimal, grid, seriesColors, tooltip } from "@/components/charts/chart-theme";

type Props = {
  data: { day: string; kappa: number | null; band: [number, number] | null }[];
  floor: number | null;
};

export function AgreementLinePlot({ data, floor }: Props) {
  const [color] = seriesColors;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={data} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid {...grid} />
        <XAxis dataKey="day" {...axis} minTickGap={24} />
        <YAxis
          {...axis}
          width="auto"
          axisLine={false}
          // Whole quarters below 0: chance is a line of the grid.
          domain={[(least: number) => Math.min(0, Math.floor(least * 4) / 4), 1]}
          tickFormatter={decimal}
        />
        <Tooltip {...tooltip} formatter={said} />
        <Area
          dataKey="band"
          name="95 %"
          fill={color}
          fillOpacity={0.15}
          stroke="none"
          isAnimationActive={false}
        />
        <Line
          dataKey="kappa"
          name="Kappa"
          stroke={color}
          strokeWidth={2}
          // One day alone would draw nothing.
          dot={data.length < 2}
          isAnimationActive={false}
        />
        {floor === null ? null : (
          <ReferenceLine y={floor} stroke="var(--escalated-text)" strokeDasharray="4 3" label="Floor" />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** A kappa, or both ends of its interval. */
function said(value: unknown): string {
  return [value].flat().map(Number).map(decimal).join(" to ");
}
