"use client";

import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
  ZAxis,
} from "recharts";
import { axis, grid, percent, tooltip } from "@/components/charts/chart-theme";
import type { ReliabilityBin } from "@/components/charts/reliability-bin";

const fifths = [0, 0.2, 0.4, 0.6, 0.8, 1];
const axisName = { fill: "var(--muted-foreground)", fontSize: 10 };
const whole = (share: number) => `${Math.round(share * 100)} %`;

export function ReliabilityPlot({ bins }: { bins: ReliabilityBin[] }) {
  const data = bins.map((bin) => ({
    ...bin,
    interval: [bin.observed - bin.lower, bin.upper - bin.observed],
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ScatterChart margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid {...grid} vertical />
        <XAxis
          type="number"
          dataKey="stated"
          name="Stated"
          domain={[0, 1]}
          ticks={fifths}
          tickFormatter={whole}
          label={{ ...axisName, value: "stated", position: "insideBottomRight" }}
          {...axis}
        />
        <YAxis
          type="number"
          dataKey="observed"
          name="Observed"
          domain={[0, 1]}
          ticks={fifths}
          tickFormatter={whole}
          width={48}
          axisLine={false}
          label={{ ...axisName, value: "right", position: "insideTopLeft", dx: 48 }}
          {...axis}
        />
        <ZAxis dataKey="n" name="n" range={[40, 360]} />
        <Tooltip
          {...tooltip}
          formatter={(value, name) => (typeof value === "number" && name !== "n" ? percent(value) : value)}
        />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          stroke="var(--chart-other)"
          strokeDasharray="5 4"
        />
        <Scatter
          data={data}
          fill="var(--chart-1)"
          fillOpacity={0.85}
          stroke="var(--surface)"
          isAnimationActive={false}
        >
          <ErrorBar
            dataKey="interval"
            direction="y"
            width={6}
            stroke="var(--chart-1)"
            strokeWidth={1.5}
            isAnimationActive={false}
          />
        </Scatter>
      </ScatterChart>
    </ResponsiveContainer>
  );
}
