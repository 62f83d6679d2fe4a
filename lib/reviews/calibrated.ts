import { z } from "zod";
import { effectiveSizeOf } from "@/lib/stats/effective-sample-size";
import { applyIsotonic, pava } from "@/lib/stats/pava";
import { wilsonInterval } from "@/lib/stats/wilson";

/** How many labelled decisions a calibration needs before it says anything. */
export const labelsNeeded = 200;
export const calibrationBins = 15;

/** What a stated confidence has been worth, for one app and type. Shares are 0 to 1. */
export const Calibrated = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("uncalibrated"), n: z.int(), needed: z.int() }),
  z.object({
    kind: z.literal("calibrated"),
    value: z.number().describe("How often claims like this one were right"),
    lower: z.number(),
    upper: z.number(),
    n: z.int().describe("Labelled decisions behind the whole map"),
    n_alike: z.int().describe("Of them, those with about this confidence"),
    method: z.string(),
    map: z
      .object({ id: z.string(), number: z.int(), kind: z.string(), labels: z.int(), fitted_at: z.string() })
      .optional()
      .describe("The map in force when the decision came in; left out: summed from labels now"),
  }),
]);
export type Calibrated = z.output<typeof Calibrated>;

/** What a decision was given when it came in: the probability its confidence meant, and the map that says so. */
export type GivenMap = {
  value: number;
  map: NonNullable<Extract<Calibrated, { kind: "calibrated" }>["map"]>;
};

/** What a database sums of one bin of stated confidence: how many, their weights, and what they claimed and were. */
export type ClaimBin = {
  bin: number;
  count: number;
  weight: number;
  squaredWeight: number;
  stated: number;
  right: number;
};

export const method =
  "isotonic regression over 15 bins of this app’s and type’s own labels, each weighted by one over the chance it was made; interval: Wilson at 95 %";

/** The bin of a confidence: right-closed, 0 in the first. */
export function binOf(confidence: number): number {
  const guess = Math.ceil(confidence * calibrationBins) - 1;
  const shifted =
    confidence > (guess + 1) / calibrationBins
      ? guess + 1
      : confidence <= guess / calibrationBins
        ? guess - 1
        : guess;
  return Math.max(0, Math.min(calibrationBins - 1, shifted));
}

/**
 * What a claim of this confidence has been worth. The map over the bins never falls, so that more confidence is never
 * worth less; the interval is of the bin itself. Fewer than 200 labels say nothing.
 */
export function calibratedOf(bins: readonly ClaimBin[], confidence: number): Calibrated {
  const n = bins.reduce((sum, { count }) => sum + count, 0);
  if (n < labelsNeeded) return { kind: "uncalibrated", n, needed: labelsNeeded };
  const sorted = bins.toSorted((a, b) => a.bin - b.bin);
  const map = {
    scores: sorted.map(({ stated, weight }) => stated / weight),
    values: pava(
      sorted.map(({ right, weight }) => right / weight),
      sorted.map(({ weight }) => weight),
    ),
  };
  const value = applyIsotonic(map, confidence) ?? 0;
  const own = bins.find(({ bin }) => bin === binOf(confidence));
  const ess = own ? effectiveSizeOf(own) : 0;
  const { lower, upper } = wilsonInterval(Math.min(1, value) * ess, ess);
  return { kind: "calibrated", value, lower, upper, n, n_alike: own?.count ?? 0, method };
}

const mapMethods: Record<string, string> = {
  isotonic: "isotonic regression",
  platt: "Platt scaling",
  beta: "beta calibration",
};

/** What a claim means by the map it came in with; the interval is of the labels with about this confidence since. */
export function calibratedBy(
  { value, map }: GivenMap,
  bins: readonly ClaimBin[],
  confidence: number,
): Calibrated {
  const own = bins.find(({ bin }) => bin === binOf(confidence));
  const ess = own ? effectiveSizeOf(own) : 0;
  const { lower, upper } = wilsonInterval(Math.min(1, value) * ess, ess);
  const by = `${mapMethods[map.kind] ?? map.kind} on ${map.labels.toLocaleString("en")} labels of this app’s proposals of this kind, each weighted by one over the chance it was made (map ${map.number}); interval: Wilson at 95 %`;
  return {
    kind: "calibrated",
    value,
    lower,
    upper,
    n: map.labels,
    n_alike: own?.count ?? 0,
    method: by,
    map,
  };
}
