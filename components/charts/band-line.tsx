"use client";

import dynamic from "next/dynamic";
import { ChartFigure } from "@/components/charts/chart-figure";
import { bucketLabel, percent, spanOf } from "@/components/charts/chart-theme";
import { Skeleton } from "@/components/ui/skeleton";

const Plot = dynamic(
  () => import("@/components/charts/band-line-plot").then((module) => module.BandLinePlot),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full" />,
  },
);

/** One bucket: an average that is not known is null and leaves a gap. */
export type BandPoint = {
  at: string;
  label?: string;
  value: number | null;
  lower: number | null;
  upper: number | null;
  n: number;
};

type Props = {
  title: string;
  sentence: string;
  /** `percent` takes shares from 0 to 1. */
  format: "percent" | "number";
  points: BandPoint[];
  /** A horizontal line not to be crossed, such as the error budget. */
  limit?: { value: number; label: string };
  empty?: string;
};

const write = {
  percent,
  number: (value: number) => value.toLocaleString("en", { maximumFractionDigits: 2 }),
};

/** A figure over time with its interval. */
export function BandLine({ title, sentence, format, points, limit, empty }: Props) {
  const span = spanOf(points.map(({ at }) => at));
  const say = (value: number | null) => (value === null ? "not known" : write[format](value));
  return (
    <ChartFigure
      title={title}
      sentence={sentence}
      empty={empty}
      legend={[
        { label: "Value, with 95 % interval", color: "var(--chart-1)" },
        ...(limit ? [{ label: limit.label, color: "var(--chart-2)", dashed: true as const }] : []),
      ]}
      table={{
        columns: ["From (UTC)", "Value", "Lower", "Upper", "n"],
        rows: points.map(({ at, label, value, lower, upper, n }) => [
          label ?? new Date(at).toISOString().slice(0, 16).replace("T", " "),
          say(value),
          say(lower),
          say(upper),
          n,
        ]),
      }}
    >
      <Plot
        format={write[format]}
        limit={limit}
        data={points.map(({ at, label, value, lower, upper, n }) => ({
          name: label ?? bucketLabel(at, span),
          value,
          band: lower === null || upper === null ? null : [lower, upper],
          n,
        }))}
      />
    </ChartFigure>
  );
}
