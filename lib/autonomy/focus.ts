import type { EvidenceView, ThresholdView } from "./views";

/** The threshold worth showing of many: the one in force, else the lowest certified, else the one that is nearest. */
export function focusOf({ thresholds }: Pick<EvidenceView, "thresholds">): ThresholdView | null {
  const own = thresholds.find((one) => one.in_force) ?? thresholds.findLast((one) => one.certified);
  if (own) return own;
  return thresholds.reduce<ThresholdView | null>(
    (best, one) => (one.n > 0 && (best === null || one.meter > best.meter) ? one : best),
    null,
  );
}
