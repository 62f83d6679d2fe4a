import { DomainError } from "@/lib/kernel/errors";
import { clopperPearsonUpper } from "@/lib/stats/clopper-pearson";
import { alarmOf } from "../fold";
import { leastSensitivity } from "../look";
import type { EvidenceView, ThresholdView } from "../views";
import { thresholdText } from "../threshold-text";
import { percentText } from "../words";
import type { ContractRow, EpochRow } from "./contract-rows";
import { foldOf } from "./fold-of";
import { readEvidence } from "./read-contracts";

/**
 * The evidence of a contract's certification period, where it certifies this threshold now. Throws
 * `threshold_not_certified` with the bound, or with what stands in the way.
 */
export function requireCertified(
  contract: ContractRow,
  epoch: EpochRow,
  { threshold, now }: { threshold: number; now: Date },
): { evidence: EvidenceView; figures: ThresholdView } {
  const evidence = readEvidence(contract, epoch, now);
  const known = foldOf(contract, epoch);
  if (known === null) {
    return refuse(
      epoch.grid === null
        ? "No threshold is tried yet: too few proposals have come in"
        : "Nobody knows yet what the reviewers miss, and the terms correct for it",
      "Wait for more, or measure reviewers on known answers.",
    );
  }
  if (epoch.stale !== null)
    return refuse("A label has changed; its evidence is being counted again", "Try again in a minute.");
  if (alarmOf(known.fold, known.terms) !== null)
    return refuse("An alarm has sounded in this period", "Wait for the next one.");
  if (contract.terms.goldCorrection && (epoch.sensitivity ?? 0) < leastSensitivity) {
    const caught = percentText(epoch.sensitivity ?? 0);
    return refuse(
      `Reviewers are known to catch only ${caught} of what is wrong; ${percentText(leastSensitivity)} are needed`,
      "Measure them again on known answers.",
    );
  }
  const figures = evidence.thresholds.find((one) => one.threshold === threshold);
  if (!figures) {
    const tried = evidence.thresholds.map((one) => one.threshold).join(", ");
    return refuse(`${threshold} is none of the thresholds that are tried: ${tried}`, "Take one of them.");
  }
  if (!figures.certified) return refuse(boundOf(figures, evidence.alpha), fixOf(figures, evidence));
  return { evidence, figures };
}

function boundOf({ threshold, n, wrong, level }: ThresholdView, alpha: number): string {
  if (n === 0) return `Nothing at or above ${thresholdText(threshold)} has been ruled on yet`;
  const bound = clopperPearsonUpper(Math.min(n, Math.ceil(wrong)), n, 1 - level);
  const seen = `${wrong.toLocaleString("en")} of ${n.toLocaleString("en")} at or above ${thresholdText(threshold)} were wrong`;
  return bound > alpha
    ? `${seen}: upper bound ${percentText(bound)} exceeds the limit of ${percentText(alpha)}`
    : `${seen}: not yet enough to hold however often anybody looks`;
}

function fixOf({ more_needed: more }: ThresholdView, { thresholds }: EvidenceView): string {
  const certified = thresholds.findLast((one) => one.certified);
  const wait = more === null ? undefined : `about ${more.toLocaleString("en")} more right rulings are needed`;
  if (certified)
    return `Take ${thresholdText(certified.threshold)}, which is certified${wait ? `, or wait: ${wait}` : ""}.`;
  return wait ? `Wait: ${wait}.` : "At this error rate no number of rulings certifies it.";
}

function refuse(message: string, fix: string): never {
  throw new DomainError("invalid", `${message}. ${fix}`, {
    code: "threshold_not_certified",
    errors: [{ pointer: "/threshold", code: "risk_above_budget", message, fix }],
  });
}
