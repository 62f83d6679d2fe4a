import { streamRunLength, type Fold, type FoldTerms } from "@/lib/autonomy/fold";
import { addEvidence, certificateBets, logE, pValueOf, type Bets } from "@/lib/stats/certificate";
import { detectorSum, updateDetector } from "@/lib/stats/shiryaev-roberts";
import { baselineRate, streamSum, updateStream } from "@/lib/stats/stream-detector";
import { bins } from "./curves";
import { sumTo, type Control, type Day } from "./day";
import type { Random } from "./random";
import type { Detectors } from "./terms";

export type Counting = {
  terms: FoldTerms;
  /** `none`: what was reviewed counts as much as what was audited, which one must not do. */
  weights: "propensity" | "none";
  detectors: Detectors;
  /** Puts the day's audits in some order. */
  random: Random;
};

/**
 * A day's labels into the product's fold, as many at once as are alike: the same state as folding them one by one, but
 * looked at once, at the end of the day, and without the account.
 */
export function countDay(state: Fold, day: Day, control: Control, counting: Counting): void {
  certify(state, day, control, counting);
  watchAudits(state, day, counting);
  watchReviews(state, day, control, counting);
}

let known: Bets | null = null;

function certify(state: Fold, day: Day, { auto, auditRate }: Control, { terms, weights }: Counting): void {
  if (known?.alpha !== terms.alpha) known = certificateBets(terms.alpha);
  const omega = auto === 0 || weights === "none" ? 1 : auditRate;
  let [right, wrong, reviewedRight, reviewedWrong] = [0, 0, 0, 0];
  for (let bin = 0; bin < bins; bin += 1) {
    right += day.auditedRight[bin] ?? 0;
    wrong += day.auditedWrong[bin] ?? 0;
    reviewedRight += day.right[bin] ?? 0;
    reviewedWrong += day.wrong[bin] ?? 0;
    // The fold's thresholds ascend, the bins go from the most confident down.
    const row = state.thresholds[bins - 1 - bin];
    if (!row) continue;
    if (right > 0) addEvidence(row.logw, known, { omega: 1, loss: 0, count: right });
    if (wrong > 0) addEvidence(row.logw, known, { omega: 1, loss: 1, count: wrong });
    if (reviewedRight > 0) addEvidence(row.logw, known, { omega, loss: 0, count: reviewedRight });
    if (reviewedWrong > 0) addEvidence(row.logw, known, { omega, loss: 1, count: reviewedWrong });
    row.n += right + wrong + reviewedRight + reviewedWrong;
    row.wrong += wrong + reviewedWrong;
    row.pMin = Math.min(row.pMin, pValueOf(logE(row.logw)));
  }
}

/** The day's audits one by one, in an order drawn anew: the detector is looked at after each. */
function watchAudits(state: Fold, day: Day, { terms, detectors, random }: Counting): void {
  let wrong = sumTo(day.auditedWrong);
  let left = wrong + sumTo(day.auditedRight);
  state.audited += left;
  state.auditedWrong += wrong;
  if (detectors === "none") return;
  for (; left > 0; left -= 1) {
    const isWrong = random() * left < wrong;
    if (isWrong) wrong -= 1;
    updateDetector(state.detector, { alpha: terms.alpha, isWrong });
    if (detectorSum(state.detector) >= terms.alarmRunLength) state.alarm ??= { kind: "audit_alarm", at: "" };
  }
}

function watchReviews(state: Fold, day: Day, { auto }: Control, { detectors }: Counting): void {
  let [overrides, expected] = [0, 0];
  for (let bin = 0; bin < bins; bin += 1) {
    const wrong = day.wrong[bin] ?? 0;
    const n = wrong + (day.right[bin] ?? 0);
    const baseline = state.baseline[bins - bin];
    if (!baseline || n === 0) continue;
    if (auto === 0) {
      baseline.n += n;
      baseline.wrong += wrong;
    }
    overrides += wrong;
    expected += baselineRate(baseline) * n;
  }
  if (auto === 0 || detectors !== "both") return;
  updateStream(state.stream, { overrides, expected });
  if (streamSum(state.stream) >= streamRunLength) state.alarm ??= { kind: "reviewed_stream_alarm", at: "" };
}
