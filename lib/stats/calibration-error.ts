import type { Interval } from "./interval";
import { normalQuantile } from "./normal-quantile";
import { equalMassBins, equalWidthBins, type ReliabilityBin } from "./reliability-bins";
import { type Scored, weightedMean } from "./scored";

/**
 * Expected calibration error: `sum_b (w_b / w) |mean y - mean p|` over equal-width right-closed bins.
 * Null when nothing was scored. Source: Naeini et al., AAAI 2015; Guo et al., ICML 2017.
 */
export function expectedCalibrationError(scored: readonly Scored[], bins = 15): number | null {
  return meanGap(equalWidthBins(scored, bins));
}

/** One bin's sums of weights, of squared weights, of weights of what was right, and of weighted forecasts. */
export type BinSum = { weight: number; squaredWeight: number; right: number; stated: number };

/**
 * An interval of the expected calibration error from its bins' sums; null without any. The error of a sample is above the
 * true one even where all is calibrated, so the ends differ. With gaps G and standard errors s by bin, Γ the true gaps:
 * `|Γ|` summed is the mean of `σG` for the true signs σ, which never exceeds `|G|` summed, so a normal bound above that
 * holds; and `|G| - |Γ|` never exceeds `|G - Γ|`, a sum of half-normals, which bounds it from below. Holds at least as
 * often as it says; wider than it need be where all gaps point one way. A bin's share right is Agresti and Coull's.
 */
export function calibrationErrorInterval(bins: readonly BinSum[], level = 0.95): Interval | null {
  const filled = bins.filter(({ weight }) => weight > 0);
  const total = sumOf(filled.map(({ weight }) => weight));
  if (total === 0) return null;
  const error = sumOf(filled.map(({ right, stated }) => Math.abs(right - stated))) / total;
  const variances = filled.map(varianceOf);
  const variance = sumOf(variances);
  const z = normalQuantile((1 + level) / 2);
  const half = Math.sqrt(2 / Math.PI) * sumOf(variances.map(Math.sqrt));
  const below = half + z * Math.sqrt((1 - 2 / Math.PI) * variance);
  return {
    lower: Math.max(0, error - below / total),
    upper: Math.min(1, error + (z * Math.sqrt(variance)) / total),
  };
}

function varianceOf({ weight, squaredWeight, right }: BinSum): number {
  const size = (weight * weight) / squaredWeight;
  const share = ((right / weight) * size + 2) / (size + 4);
  return squaredWeight * share * (1 - share);
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** The same over bins of equal count: less moved by where the forecasts crowd. Source: Nixon et al., CVPRW 2019. */
export function adaptiveCalibrationError(scored: readonly Scored[], bins = 15): number | null {
  return meanGap(equalMassBins(scored, bins));
}

/** Maximum calibration error: the largest gap of any equal-width bin. */
export function maximumCalibrationError(scored: readonly Scored[], bins = 15): number | null {
  const found = equalWidthBins(scored, bins);
  return found.length ? Math.max(...found.map(gap)) : null;
}

/** Mean forecast minus how often it came true: above 0 the model claims more than it keeps. */
export function overconfidence(scored: readonly Scored[]): number | null {
  return weightedMean(scored, ({ p, y }) => p - y);
}

function gap({ meanP, meanY }: ReliabilityBin): number {
  return Math.abs(meanY - meanP);
}

function meanGap(bins: readonly ReliabilityBin[]): number | null {
  return weightedMean(bins, gap);
}
