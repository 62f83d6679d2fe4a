import { equalMassBins, equalWidthBins, type ReliabilityBin } from "./reliability-bins";
import { type Scored, weightedMean } from "./scored";

/**
 * Expected calibration error: `sum_b (w_b / w) |mean y - mean p|` over equal-width right-closed bins.
 * Null when nothing was scored. Source: Naeini et al., AAAI 2015; Guo et al., ICML 2017.
 */
export function expectedCalibrationError(scored: readonly Scored[], bins = 15): number | null {
  return meanGap(equalWidthBins(scored, bins));
}

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
