"use client";

import dynamic from "next/dynamic";
import { ChartFigure } from "@/components/charts/chart-figure";
import { percent } from "@/components/charts/chart-theme";
import { Skeleton } from "@/components/ui/skeleton";
import type { ReliabilityBin } from "@/components/charts/reliability-bin";

const Plot = dynamic(
  () => import("@/components/charts/reliability-plot").then((module) => module.ReliabilityPlot),
  {
    ssr: false,
    loading: () => <Skeleton className="h-full" />,
  },
);

type Props = { title: string; sentence: string; bins: ReliabilityBin[]; empty?: string };

/** How often the app was right against how sure it said it was; on the diagonal the two agree. */
export function ReliabilityDiagram({ title, sentence, bins, empty }: Props) {
  const filled = bins.filter(({ n }) => n > 0);
  return (
    <ChartFigure
      title={title}
      sentence={sentence}
      empty={empty}
      legend={[
        { label: "Observed, with 95 % interval", color: "var(--chart-1)" },
        { label: "Stated = observed", color: "var(--chart-other)", dashed: true },
      ]}
      table={{
        columns: ["Confidence", "Stated", "Observed", "Lower", "Upper", "n"],
        rows: filled.map(({ low, high, stated, observed, lower, upper, n }) => [
          `${low.toFixed(2)}–${high.toFixed(2)}`,
          percent(stated),
          percent(observed),
          percent(lower),
          percent(upper),
          n,
        ]),
      }}
    >
      <Plot bins={filled} />
    </ChartFigure>
  );
}
