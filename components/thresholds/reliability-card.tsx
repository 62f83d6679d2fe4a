"use client";

import { ReliabilityDiagram } from "@/components/charts/reliability-diagram";
import { Button } from "@/components/ui/button";
import { leastSample } from "@/lib/autonomy/score-index";
import type { Reliability } from "@/lib/autonomy/score-pictures";
import { counted } from "@/lib/kernel/counted";
import { count } from "./figure-texts";
import type { Change, Looking } from "./use-looking";

type Props = { reliability: Reliability; mapped: boolean; scale: Looking["scale"]; change: Change };

/** Is the score worth a threshold? As the app stated it, and as the map in force read it. */
export function ReliabilityCard({ reliability, mapped, scale, change }: Props) {
  const { bins, n, ess } = reliability;
  const isEnough = ess >= leastSample * (1 - 1e-9);
  return (
    <div className="relative min-w-0">
      {mapped || scale === "calibrated" ? (
        <div
          role="group"
          aria-label="Confidence"
          className="mb-2 flex justify-end gap-1 md:absolute md:end-3 md:top-3 md:mb-0"
        >
          {(["raw", "calibrated"] as const).map((one) => (
            <Button
              key={one}
              size="sm"
              variant={one === scale ? "secondary" : "ghost"}
              aria-pressed={one === scale}
              onClick={() => change({ scale: one })}
            >
              {one === "raw" ? "As stated" : "Calibrated"}
            </Button>
          ))}
        </div>
      ) : null}
      <ReliabilityDiagram
        title="Is the app as right as it is sure?"
        sentence={sentenceOf(reliability, { isEnough, scale })}
        empty={
          scale === "calibrated" && n === 0
            ? "No labelled decision was read by a calibration map yet."
            : "Too few labels to compare with."
        }
        bins={
          isEnough
            ? bins.map(({ from, to, meanP, meanY, interval, count: size }) => {
                return { low: from, high: to, stated: meanP, observed: meanY, ...interval, n: size };
              })
            : []
        }
      />
    </div>
  );
}

type Said = { isEnough: boolean; scale: Looking["scale"] };

function sentenceOf({ ece, brier, n, ess }: Reliability, { isEnough, scale }: Said): string {
  if (!isEnough || ece === null || brier === null)
    return `${counted(n, "label")}, effective ${count(ess)} of ${leastSample}.`;
  const of = scale === "raw" ? "as the app stated it" : "as the map in force read it";
  return `Confidence ${of}: ECE ${ece.toFixed(4)} (15 bins), Brier ${brier.toFixed(4)}, n = ${count(n)}, each weighted by one over the chance of its label.`;
}
