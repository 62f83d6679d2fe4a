import type { Prediction } from "@/lib/decisions/schema";
import { applyIsotonic, type IsotonicMap } from "@/lib/stats/pava";
import { applyPlatt, type PlattMap } from "@/lib/stats/platt";

/** A fitted map from raw confidence to the probability of being right. */
export type CalibrationMap =
  | { kind: "isotonic"; parameters: IsotonicMap }
  | { kind: "platt"; parameters: PlattMap };

/** The map in force for one kind of proposal. */
export type Calibration = { id: string; predicted: Prediction } & CalibrationMap;

/** What a raw confidence (0 to 1) means under the map in force; null without a map or a confidence. */
export function calibrated(
  maps: readonly Calibration[],
  { predicted, confidence }: { predicted: Prediction; confidence: number | null },
): { mapId: string; probability: number } | null {
  const map = maps.find((one) => one.predicted === predicted);
  if (!map || confidence === null || !(confidence >= 0 && confidence <= 1)) return null;
  const probability = applyMap(map, confidence);
  return probability === null ? null : { mapId: map.id, probability };
}

function applyMap(map: CalibrationMap, confidence: number): number | null {
  return map.kind === "platt"
    ? applyPlatt(map.parameters, confidence)
    : applyIsotonic(map.parameters, confidence);
}
