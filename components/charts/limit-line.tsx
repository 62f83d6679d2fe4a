"use client";

import dynamic from "next/dynamic";
import { ChartFigure } from "@/components/charts/chart-figure";
import { bucketLabel, seriesColors, spanOf } from "@/components/charts/chart-theme";
import { Skeleton } from "@/components/ui/skeleton";

const Plot = dynamic(
  () => import("@/components/charts/limit-line-plot").then((module) => module.LimitLinePlot),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full" />,
  },
);

type Props = {
  title: string;
  sentence: string;
  /** What the line is called. */
  name: string;
  points: { at: string; value: number | null; n: number }[];
  limits: { label: string; value: number }[];
  text: (value: number) => string;
};

/** A figure over time against its limits. */
export function LimitLine({ title, sentence, name, points, limits, text }: Props) {
  const span = spanOf(points.map(({ at }) => at));
  const hasFigures = points.some(({ value }) => value !== null);
  return (
    <ChartFigure
      title={title}
      sentence={sentence}
      empty="There was no figure in this time."
      legend={[
        { label: name, color: seriesColors[0] ?? "" },
        ...limits.map(({ label, value }) => ({
          label: `${label}: ${text(value)}`,
          color: "var(--muted-foreground)",
          dashed: true as const,
        })),
      ]}
      table={{
        columns: ["Up to (UTC)", name, "n"],
        rows: hasFigures
          ? points.map(({ at, value, n }) => [
              new Date(at).toISOString().slice(0, 16).replace("T", " "),
              value === null ? "no figure" : text(value),
              n,
            ])
          : [],
      }}
    >
      <Plot
        name={name}
        data={points.map(({ at, value }) => ({ name: bucketLabel(at, span), value }))}
        limits={limits}
        text={text}
      />
    </ChartFigure>
  );
}
