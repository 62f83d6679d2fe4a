"use client";

import { useQuery } from "@tanstack/react-query";
import { ReliabilityDiagram } from "@/components/charts/reliability-diagram";
import { StackedBars } from "@/components/charts/stacked-bars";
import { statusWord } from "@/components/ui/status-badge";
import { calibrationMetricOf, type Shown, volumeOf } from "@/lib/evaluations/client";
import type { Calibration, Volume } from "@/lib/evaluations/schema";
import { routes } from "@/lib/decisions/routes";
import { since } from "./since";
import { Answered } from "./tile";

/** Is the confidence worth a threshold? */
export function CalibrationTile({ shown }: { shown: Shown }) {
  const query = useQuery(calibrationMetricOf(shown, since));
  return (
    <Answered query={query} skeleton="h-96">
      {(data) => (
        <ReliabilityDiagram
          title="Is the app as right as it is sure?"
          sentence={calibrationSentence(data)}
          bins={data.bins}
          empty="No decision with a confidence has a known truth in this range yet."
        />
      )}
    </Answered>
  );
}

function calibrationSentence({ n, ece, brier, overconfidence, population, weighting }: Calibration): string {
  if (ece === null || brier === null || overconfidence === null) return `${population}: none yet.`;
  const lean = overconfidence > 0 ? "more sure than right" : "more right than sure";
  const gap = `${(Math.abs(overconfidence) * 100).toFixed(1)} points ${lean}`;
  return `On average ${gap}; ECE ${ece.toFixed(4)} (15 bins), Brier ${brier.toFixed(4)}, n = ${n.toLocaleString("en")}. ${population}; ${weighting}.`;
}

/** What came in, and where it went. */
export function VolumeTile({ shown }: { shown: Shown }) {
  const query = useQuery(volumeOf(shown, since));
  return (
    <Answered query={query} skeleton="h-96">
      {(data) => (
        <StackedBars
          title="How much comes in, and where does it go?"
          sentence={volumeSentence(data)}
          series={routes.map((key) => ({ key, label: statusWord("route", key) }))}
          points={data.points.map(({ at, complete, counts }) => ({
            at,
            values: counts,
            ...(complete ? {} : { label: `${labelOf(at, data.bucket)} …` }),
          }))}
        />
      )}
    </Answered>
  );
}

function volumeSentence({ points, bucket, population }: Volume): string {
  const total = points.reduce(
    (sum, { counts }) => sum + routes.reduce((all, route) => all + (counts[route] ?? 0), 0),
    0,
  );
  const unfinished = points.some(({ complete }) => !complete) ? "; “…” marks one that is not over" : "";
  return `${total.toLocaleString("en")} decisions, by ${bucket} (UTC)${unfinished}. ${population}.`;
}

function labelOf(at: string, bucket: Volume["bucket"]): string {
  return bucket === "hour" ? at.slice(11, 16) : at.slice(5, 10);
}
