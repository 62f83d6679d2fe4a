import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError } from "@/lib/stats/calibration-error";
import { effectiveSampleSize } from "@/lib/stats/effective-sample-size";
import { equalWidthBins, type ReliabilityBin } from "@/lib/stats/reliability-bins";
import type { Scored } from "@/lib/stats/scored";
import { labelAt, type Looked, type ScoreIndex } from "./score-index";
import type { ThresholdData } from "./threshold-endpoints";
import { type Means, type WhatIf, whatIf } from "./what-if";

type Columns = ThresholdData["columns"];

/**
 * Figures at about `most` thresholds, strictest first, evenly over what would run alone, and at whole ties: a threshold
 * lets all of one score through, or none.
 */
export function curveOf(index: ScoreIndex, means: Means, most = 160): WhatIf[] {
  const thresholds: number[] = [];
  const step = Math.max(1, index.size / most);
  for (let at = step; at < index.size + step; at += step) {
    const score = index.scores[Math.min(index.size, Math.round(at)) - 1];
    if (score !== undefined && score !== thresholds.at(-1)) thresholds.push(score);
  }
  return thresholds.map((threshold) => whatIf(index, threshold, means));
}

export type ScoreBin = { from: number; to: number; right: number; wrong: number; unlabelled: number };

/** Decisions by score in `bins` equal widths of [0, 1], a bin from its lower edge on; plain counts. */
export function histogramOf(
  index: ScoreIndex,
  columns: Columns,
  { outcomes, bins = 50 }: { outcomes: Looked["outcomes"]; bins?: number },
): ScoreBin[] {
  const made: ScoreBin[] = Array.from({ length: bins }, (_, at) => {
    return { from: at / bins, to: (at + 1) / bins, right: 0, wrong: 0, unlabelled: 0 };
  });
  for (let at = 0; at < index.size; at += 1) {
    const score = index.scores[at] ?? 0;
    // 0.29 × 100 is 28.999…: an edge belongs to the bin that begins there.
    const bin = made[Math.min(bins - 1, Math.floor(score * bins + 1e-9))];
    const label = labelAt(columns, index.rows[at] ?? 0, outcomes);
    if (bin) bin[label ? (label.isWrong ? "wrong" : "right") : "unlabelled"] += 1;
  }
  return made;
}

export type Reliability = {
  bins: ReliabilityBin[];
  /** Null where there are no labels. */
  ece: number | null;
  brier: number | null;
  n: number;
  ess: number;
};

/** How often proposals were right against how sure the app said it was, or the map in force made of it. */
export function reliabilityOf(
  index: ScoreIndex,
  columns: Columns,
  { outcomes, scale }: { outcomes: Looked["outcomes"]; scale: "raw" | "calibrated" },
): Reliability {
  const values = scale === "raw" ? columns.score : (columns.calibrated ?? []);
  const scored: Scored[] = [];
  for (const row of index.rows) {
    const [p, label] = [values[row], labelAt(columns, row, outcomes)];
    if (typeof p === "number" && label) scored.push({ p, y: label.isWrong ? 0 : 1, weight: label.weight });
  }
  return {
    bins: equalWidthBins(scored),
    ece: expectedCalibrationError(scored),
    brier: brierScore(scored),
    n: scored.length,
    ess: effectiveSampleSize(scored.map(({ weight }) => weight ?? 1)),
  };
}
