"use client";

import dynamic from "next/dynamic";
import type { ReliabilityBin } from "@/components/charts/reliability-bin";
import { Skeleton } from "@/components/ui/skeleton";

const Plot = dynamic(
  () => import("@/components/charts/reliability-plot").then((module) => module.ReliabilityPlot),
  { ssr: false, loading: () => <Skeleton className="h-full" /> },
);

/** Small multiples: one reliability diagram a part, all on the same axes. */
export function Reliabilities({ parts }: { parts: { label: string; n: number; bins: ReliabilityBin[] }[] }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {parts.map(({ label, n, bins }) => (
        <div key={label} className="flex min-w-0 flex-col gap-1">
          <h3 className="truncate text-xs font-semibold" title={label}>
            {label} <span className="font-normal text-muted-foreground">n = {n.toLocaleString("en")}</span>
          </h3>
          <div aria-hidden className="h-48 min-w-0">
            <Plot bins={bins} />
          </div>
        </div>
      ))}
    </div>
  );
}
