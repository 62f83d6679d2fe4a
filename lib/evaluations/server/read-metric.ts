import type { MetricName } from "../metrics-catalogue";
import { readCalibrated } from "./read-calibration";
import { readCost, readCount, readVolume, countNames, type CountName } from "./read-counts";
import { quantileNames, readQuantile, type QuantileName } from "./read-quantiles";
import { readDiscrepancies, readShare, shareNames, type ShareName } from "./read-shares";
import { readAuditBacklog, readOldestReview, readOpenReviews } from "./read-states";
import type { Reading } from "./reading";
import type { Window } from "./window";

type Readers = Record<MetricName, (w: Window) => Promise<Reading>>;

const readers: Readers = {
  ...readersOf<ShareName>(shareNames, readShare),
  ...readersOf<CountName>(countNames, readCount),
  ...readersOf<QuantileName>(quantileNames, readQuantile),
  expected_calibration_error: (w) => readCalibrated(w, "expected_calibration_error"),
  brier_score: (w) => readCalibrated(w, "brier_score"),
  discrepancy_rate: readDiscrepancies,
  volume: readVolume,
  open_reviews: readOpenReviews,
  oldest_review_seconds: readOldestReview,
  audit_backlog: readAuditBacklog,
  model_cost: readCost,
};

/** A metric over a window and by bucket. The caller has authorised. */
export function readMetric(w: Window, metric: MetricName): Promise<Reading> {
  return readers[metric](w);
}

function readersOf<N extends MetricName>(
  names: readonly N[],
  read: (w: Window, name: N) => Promise<Reading>,
): Record<N, (w: Window) => Promise<Reading>> {
  // Object.fromEntries forgets the keys it was given.
  return Object.fromEntries(names.map((name) => [name, (w: Window) => read(w, name)])) as Record<
    N,
    (w: Window) => Promise<Reading>
  >;
}
