"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { bucketLabel, otherColor, seriesColors, spanOf } from "@/components/charts/chart-theme";
import { markersAt } from "@/components/charts/line-data";
import { PointReader } from "@/components/charts/point-reader";
import { foldSeries, type Series, type StackPoint } from "@/components/charts/series-fold";
import { Skeleton } from "@/components/ui/skeleton";

const Plot = dynamic(
  () => import("@/components/charts/stacked-bars-plot").then((module) => module.StackedBarsPlot),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full" />,
  },
);

type Props = {
  label: string;
  series: Series[];
  points: StackPoint[];
  layout: "stacked" | "beside";
  /** Moments of change, in order; numbered from 1. */
  markers?: string[];
};

/** Counts per bucket, stacked or beside each other; arrow keys go from bucket to bucket. */
export function StackedBars({ label, series, points, layout, markers = [] }: Props) {
  const [active, setActive] = useState<number | null>(null);
  const folded = foldSeries(series, points, seriesColors.length);
  const span = spanOf(points.map(({ at }) => at));
  const colored = folded.series.map((each, at) => ({ ...each, color: seriesColors[at] ?? otherColor }));
  const names = folded.points.map(
    ({ at, label: name, unfinished }) => name ?? `${bucketLabel(at, span)}${unfinished ? " …" : ""}`,
  );
  return (
    <PointReader
      label={label}
      count={points.length}
      active={active}
      onActive={setActive}
      textOf={(place) => {
        const values = folded.points[place]?.values ?? {};
        const parts = folded.series.map(
          ({ key, label: name }) =>
            `${name} ${(values[key] ?? 0).toLocaleString("en", { maximumFractionDigits: 4 })}`,
        );
        return `${names[place] ?? ""}. ${parts.join("; ")}`;
      }}
    >
      <Plot
        series={colored}
        layout={layout}
        markers={markersAt(markers.map((moment) => names[points.findLastIndex(({ at }) => at <= moment)]))}
        data={folded.points.map(({ values }, place) => ({ name: names[place] ?? "", ...values }))}
      />
    </PointReader>
  );
}
