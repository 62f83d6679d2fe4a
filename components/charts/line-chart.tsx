"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { bucketLabel, seriesColors, spanOf, tickMoments } from "@/components/charts/chart-theme";
import { lineRows, markersAt, type LinePoint, type LineSeries } from "@/components/charts/line-data";
import { PointReader } from "@/components/charts/point-reader";
import { Skeleton } from "@/components/ui/skeleton";

const Plot = dynamic(() => import("@/components/charts/line-plot").then((module) => module.LinePlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

type Props = {
  label: string;
  series: LineSeries[];
  points: LinePoint[];
  format: (value: number) => string;
  top: "share" | "auto";
  limit: number | null;
  /** Moments of change, in order; numbered from 1. */
  markers: string[];
};

/** Lines over time with their intervals; arrow keys go from point to point and say what it holds. */
export function LineChart({ label, series, points, format, top, limit, markers }: Props) {
  const [active, setActive] = useState<number | null>(null);
  const moments = points.map(({ at }) => at);
  const span = spanOf(moments);
  const nameOf = (at: string) => bucketLabel(at, span);
  const bucketOf = (moment: string) => points.findLast(({ at }) => at <= moment)?.at;
  const colored = series.map((each, place) => ({
    ...each,
    color: seriesColors[place] ?? "var(--chart-other)",
  }));
  return (
    <PointReader
      label={label}
      count={points.length}
      active={active}
      onActive={setActive}
      textOf={(place) => pointText(points[place], series, format)}
    >
      <Plot
        series={colored}
        data={lineRows(series, points)}
        nameOf={nameOf}
        ticks={tickMoments(moments, nameOf)}
        format={format}
        top={top}
        limit={limit}
        active={active === null ? null : (points[active]?.at ?? null)}
        markers={markersAt(markers.map(bucketOf))}
      />
    </PointReader>
  );
}

function pointText(
  point: LinePoint | undefined,
  series: LineSeries[],
  format: (value: number) => string,
): string {
  if (!point) return "";
  const parts = series.map(({ key, label }) => {
    const { value = null, lower = null, upper = null, n = 0 } = point.values[key] ?? {};
    if (value === null) return `${label}: nothing to say, n ${n}`;
    const interval = lower === null || upper === null ? "" : ` (${format(lower)} to ${format(upper)})`;
    return `${label}: ${format(value)}${interval}, n ${n.toLocaleString("en")}`;
  });
  const at = point.at.slice(0, 16).replace("T", " ");
  return `${at}${point.complete ? "" : " (not over)"}. ${parts.join("; ")}`;
}
