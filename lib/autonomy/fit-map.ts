import type { CalibrationMap } from "@/lib/routing/calibrated";
import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError } from "@/lib/stats/calibration-error";
import { effectiveSampleSize } from "@/lib/stats/effective-sample-size";
import { applyIsotonic, fitIsotonic, type IsotonicMap } from "@/lib/stats/pava";
import { applyPlatt, fitPlatt } from "@/lib/stats/platt";
import { weightOf, type Scored } from "@/lib/stats/scored";
import { placeOf } from "./replay-sums";

/** A labelled decision: its raw confidence, whether it was right, and the probability that it got a label. */
export type LabelledClaim = { id: string; score: number; isRight: boolean; propensity: number };

/** Labels from which each kind of map is fitted; fewer say too little. */
export const isotonicFrom = 1000;
export const plattFrom = 100;
const parts = 5;
const bins = 15;

/** How well a probability is kept: ECE over 15 equal-width bins, and the Brier score; both weighted by 1/propensity. */
export type Fit = { ece: number; brier: number };

/** `mapped`: each label judged by a map fitted on the other four fifths, which never saw it. */
export type MapFigures = { n: number; ess: number; raw: Fit; mapped: Fit };

export type FittedMap = { map: CalibrationMap; figures: MapFigures };

/**
 * The map from raw confidence to the probability of being right: isotonic regression weighted by 1/propensity from 1,000
 * labels on, Platt's two parameters from 100 on where both were seen; null otherwise. With figures that no label had a
 * part in fitting: five parts by the hash of the decision's id. Source: autonomy.md §1.10; Platt (1999).
 */
export function fitMap(labelled: readonly LabelledClaim[]): FittedMap | null {
  const kind = kindFor(labelled);
  if (!kind) return null;
  const scored = labelled.map(scoredOf);
  const map = fitted(kind, scored);
  const mapped = crossFitted(kind, labelled);
  if (!map || !mapped) return null;
  const [raw, crossed] = [fitOf(scored), fitOf(mapped)];
  if (!raw || !crossed) return null;
  const ess = effectiveSampleSize(scored.map(weightOf));
  return { map, figures: { n: labelled.length, ess, raw, mapped: crossed } };
}

/** A map is put in force only when, on labels it never saw, it is no worse than what the app says itself. */
export function isWorthUsing({ raw, mapped }: MapFigures): boolean {
  return mapped.brier <= raw.brier;
}

/** How well a map that is in force already keeps these labels; null where it says nothing of them. */
export function brierUnder(map: CalibrationMap, labelled: readonly LabelledClaim[]): number | null {
  return brierScore(labelled.map(scoredOf).map((item) => mappedBy(map, item)));
}

function kindFor(labelled: readonly LabelledClaim[]): "isotonic" | "platt" | null {
  if (labelled.length >= isotonicFrom) return "isotonic";
  return labelled.length >= plattFrom ? "platt" : null;
}

function scoredOf({ score, isRight, propensity }: LabelledClaim): Scored {
  return { p: score, y: isRight ? 1 : 0, weight: 1 / propensity };
}

function fitted(kind: "isotonic" | "platt", scored: readonly Scored[]): CalibrationMap | null {
  if (kind === "isotonic") return { kind, parameters: breakpointsOf(fitIsotonic(scored)) };
  const parameters = fitPlatt(scored);
  return parameters && { kind, parameters };
}

function crossFitted(kind: "isotonic" | "platt", labelled: readonly LabelledClaim[]): Scored[] | null {
  const groups = Map.groupBy(labelled, ({ id }) => placeOf(id) % parts);
  const result: Scored[] = [];
  for (const [part, own] of groups) {
    const others = [...groups].flatMap(([other, items]) => (other === part ? [] : items.map(scoredOf)));
    const map = fitted(kind, others);
    if (!map) return null;
    for (const item of own) result.push(mappedBy(map, scoredOf(item)));
  }
  return result;
}

function mappedBy(map: CalibrationMap, item: Scored): Scored {
  const p = map.kind === "platt" ? applyPlatt(map.parameters, item.p) : applyIsotonic(map.parameters, item.p);
  return { ...item, p: Math.min(1, Math.max(0, p ?? item.p)) };
}

function fitOf(scored: readonly Scored[]): Fit | null {
  const [ece, brier] = [expectedCalibrationError(scored, bins), brierScore(scored)];
  return ece === null || brier === null ? null : { ece, brier };
}

/** The same map by the ends of its flat pieces alone: what lies between two equal values adds nothing. */
export function breakpointsOf({ scores, values }: IsotonicMap): IsotonicMap {
  const kept = scores.map((_, i) => values[i] !== values[i - 1] || values[i] !== values[i + 1]);
  return { scores: scores.filter((_, i) => kept[i]), values: values.filter((_, i) => kept[i]) };
}
