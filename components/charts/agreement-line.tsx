"use client";

import dynamic from "next/dynamic";
import { ChartFigure } from "@/components/charts/chart-figure";
import { Skeleton } from "@/components/ui/skeleton";

const Plot = dynamic(
  () => import("@/components/charts/agreement-line-plot").then((module) => module.AgreementLinePlot),
  { ssr: false, loading: () => <Skeleton className="h-full" /> },
);

type Props = {
  title: string;
  sentence: string;
  /** Where a line is drawn that must not be crossed. */
  floor: number | null;
  points: { day: string; kappa: { value: number; low: number; high: number } | null }[];
  rows: (string | number)[][];
};

/** A judge's kappa with people, day by day, with its interval and its floor. */
export function AgreementLine({ title, sentence, floor, points, rows }: Props) {
  const data = points.map(({ day, kappa }) => ({
    day: day.slice(5),
    kappa: kappa?.value ?? null,
    band: kappa ? ([kappa.low, kappa.high] as [number, number]) : null,
  }));
  return (
    <ChartFigure
      title={title}
      sentence={sentence}
      table={{ columns: ["Day (UTC)", "Rulings", "Kappa (95 %)", "Agreement"], rows }}
    >
      <Plot data={data} floor={floor} />
    </ChartFigure>
  );
}
