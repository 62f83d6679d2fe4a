"use client";

import dynamic from "next/dynamic";
import { ChartFigure } from "@/components/charts/chart-figure";
import { bucketLabel, otherColor, seriesColors, spanOf } from "@/components/charts/chart-theme";
import { foldSeries, type Series, type StackPoint } from "@/components/charts/series-fold";
import { Skeleton } from "@/components/ui/skeleton";

const Plot = dynamic(
  () => import("@/components/charts/stacked-bars-plot").then((module) => module.StackedBarsPlot),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full" />,
  },
);

type Props = { title: string; sentence: string; series: Series[]; points: StackPoint[]; empty?: string };

/** Counts per bucket, stacked: volume by route over time. */
export function StackedBars({ title, sentence, series, points, empty }: Props) {
  const folded = foldSeries(series, points, seriesColors.length);
  const span = spanOf(points.map(({ at }) => at));
  const colored = folded.series.map((each, at) => ({ ...each, color: seriesColors[at] ?? otherColor }));
  return (
    <ChartFigure
      title={title}
      sentence={sentence}
      empty={empty}
      legend={colored}
      table={{
        columns: ["From (UTC)", ...series.map(({ label }) => label)],
        rows: points.map(({ at, label, values }) => [
          label ?? new Date(at).toISOString().slice(0, 16).replace("T", " "),
          ...series.map(({ key }) => values[key] ?? 0),
        ]),
      }}
    >
      <Plot
        series={colored}
        data={folded.points.map(({ at, label, values }) => ({
          name: label ?? bucketLabel(at, span),
          ...values,
        }))}
      />
    </ChartFigure>
  );
}
