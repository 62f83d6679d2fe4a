import { counted } from "@/lib/kernel/counted";
import { auditRateOf } from "./audit-rate";
import { thresholdText } from "./threshold-text";
import { thresholdsOf, type Fold, type FoldTerms, type ThresholdFigures } from "./fold";
import { gridOf, scoresForGrid } from "./grid";
import type { EpochCause, SegmentLevel, Terms } from "./schema";
import { percentText } from "./words";

/** A contract and its evidence, as they stand at the night's look. Days are UTC dates. */
export type Standing = {
  day: string;
  terms: Terms;
  level: SegmentLevel;
  threshold: number | null;
  auditRate: number;
  rampShare: number;
  /** When the ramp last moved, and when a threshold last let more run alone; null: never. */
  rampedOn: string | null;
  widenedOn: string | null;
  /** A person rolled it back in this period: from then on it expands by signature only. */
  isRolledBack?: boolean;
  /** The thresholds on trial; null: not chosen yet. */
  grid: readonly number[] | null;
  /** Confidences without labels, to choose thresholds from; only looked at while there are none. */
  scores: readonly number[];
  /** Null: nothing can be certified yet (no thresholds, or reviewers not measured yet). */
  evidence: { fold: Fold; terms: FoldTerms } | null;
  /** How many a day would run alone at a threshold, by the latest days. */
  autosPerDay: (threshold: number) => number;
  /** Lower bound of how surely reviewers overturn what is wrong; null: not measured. */
  sensitivity: number | null;
  /** How the scores of late compare with those the thresholds rest on; null: too few. */
  drift: Drift | null;
  /** A drift of what its decisions look like was confirmed of late, and is not over (lib/monitors). */
  isShifted?: boolean;
  /** Money saved a day at a threshold, where costs are known; null: the most permissive is best. */
  benefit?: ((threshold: number) => number) | null;
};

export type Drift = { psi: number; ksP: number };

/** What is to be done, each with one sentence that says why. */
export type Step =
  | { kind: "freeze_grid"; grid: number[]; why: string }
  | { kind: "end_shadow"; why: string }
  | {
      kind: "offer";
      proposal: "promote" | "expand";
      threshold: number;
      figures: ThresholdFigures;
      why: string;
    }
  | { kind: "expand"; threshold: number; figures: ThresholdFigures; why: string }
  | { kind: "ramp"; share: number; why: string }
  | { kind: "audit_rate"; rate: number; why: string }
  | { kind: "step_down"; cause: EpochCause; why: string };

/** Below this, reviewers miss too much for their labels to certify anything. */
export const leastSensitivity = 0.7;

/** The night's look at one contract: what to do, in order. A step down stands alone. Pure. */
export function look(standing: Standing): Step[] {
  const down = reasonToStepDown(standing);
  if (down) return [down];
  if (standing.grid === null) return firstGrid(standing);
  if (standing.level === "shadow") return [endShadow(standing.grid.length)];
  const better = betterThreshold(standing);
  if (standing.level === "review_all")
    return better && isMeasured(standing) ? [promotion(better, standing)] : [];
  return [...expansion(better, standing), ...nextRamp(standing), ...nextAuditRate(standing)];
}

function reasonToStepDown({ level, evidence, sensitivity, terms }: Standing): Step | null {
  const alarm = evidence?.fold.alarm;
  if (evidence && alarm) return { kind: "step_down", cause: alarm.kind, why: alarmSentence(evidence.fold) };
  if (level !== "auto" || !terms.goldCorrection || sensitivity === null || sensitivity >= leastSensitivity)
    return null;
  const why = `Reviewers overturn ${percentText(sensitivity)} of what is known to be wrong, at the least: below ${percentText(leastSensitivity)} their labels prove nothing.`;
  return { kind: "step_down", cause: "sensitivity_fell", why };
}

/** What sounded, in one sentence. */
export function alarmSentence({ alarm, audited, auditedWrong, today }: Fold): string {
  if (alarm?.kind === "reviewed_stream_alarm") {
    const so = today
      ? `: ${today.overrides} on ${today.day}, where ${today.expected.toFixed(1)} were to be expected`
      : "";
    return `Reviewers overrule proposals below the threshold more often than before it ran alone${so}.`;
  }
  return `Audits found too much wrong among what ran alone: ${auditedWrong} of ${audited} audits since it began.`;
}

/** The thresholds on trial, once enough confidences were seen. */
export function firstGrid({ level, scores }: Pick<Standing, "level" | "scores">): Step[] {
  const grid = gridOf(scores);
  if (!grid) return [];
  const why = `${scores.length.toLocaleString("en")} confidences were seen (it takes ${scoresForGrid}): the ${grid.length} thresholds on trial are set from them.`;
  const frozen: Step = { kind: "freeze_grid", grid, why };
  return level === "shadow" ? [frozen, endShadow(grid.length)] : [frozen];
}

function endShadow(count: number): Step {
  return {
    kind: "end_shadow",
    why: `The ${count} thresholds on trial are set: from now on people rule, and their rulings are evidence.`,
  };
}

/** The best certified threshold that lets more run alone than what is in force; null: there is none. */
function betterThreshold({ evidence, threshold, benefit }: Standing): ThresholdFigures | null {
  if (!evidence) return null;
  const certified = thresholdsOf(evidence.fold, evidence.terms).filter((one) => one.certified);
  const open = certified.filter((one) => threshold === null || one.threshold < threshold);
  // All that is certified holds at once, so any choice among it is allowed (autonomy.md §1.6).
  const worth = (one: ThresholdFigures) => (benefit ? benefit(one.threshold) : -one.threshold);
  const best = open.reduce<ThresholdFigures | null>(
    (found, one) => (found === null || worth(one) > worth(found) ? one : found),
    null,
  );
  const isWorth = !best || !benefit || threshold === null || benefit(best.threshold) > benefit(threshold);
  return isWorth ? best : null;
}

function isMeasured({ terms, sensitivity }: Standing): boolean {
  return !terms.goldCorrection || (sensitivity ?? 0) >= leastSensitivity;
}

function certifiedSentence({ threshold, n, wrong }: ThresholdFigures, { terms }: Standing): string {
  const promise = `at most ${percentText(terms.alpha)} wrong, ${percentText(1 - terms.delta)} sure`;
  return `Threshold ${thresholdText(threshold)} is certified: ${wrong} of ${n.toLocaleString("en")} were wrong, which shows ${promise}`;
}

function promotion(figures: ThresholdFigures, standing: Standing): Step {
  const why = `${certifiedSentence(figures, standing)}. An admin may propose to let it run alone.`;
  return { kind: "offer", proposal: "promote", threshold: figures.threshold, figures, why };
}

function expansion(better: ThresholdFigures | null, standing: Standing): Step[] {
  const { terms, widenedOn, day } = standing;
  if (!better || widenedOn === day) return [];
  const { threshold } = better;
  const sentence = certifiedSentence(better, standing);
  if (terms.expands === "by_itself" && standing.isRolledBack !== true) {
    return [
      { kind: "expand", threshold, figures: better, why: `${sentence}. The terms let it expand by itself.` },
    ];
  }
  const why = `${sentence}. An admin may propose to let more run alone.`;
  return [{ kind: "offer", proposal: "expand", threshold, figures: better, why }];
}

function nextRamp({ terms, rampShare, rampedOn, day }: Standing): Step[] {
  const share = terms.ramp.find((step) => step > rampShare);
  if (share === undefined || rampedOn === day) return [];
  const why = `A day went by without an alarm: ${percentText(share)} of what may run alone does now, after ${percentText(rampShare)}.`;
  return [{ kind: "ramp", share, why }];
}

const psiLimit = 0.2;
const ksLimit = 0.001;
/** A rate that moves by less than this part of itself stays where it is. */
const leastChange = 0.2;

/** Whether the scores have shifted so far that it is worth looking twice as closely; by itself no harm. */
export function hasDrifted(drift: Drift | null): boolean {
  return drift !== null && drift.psi > psiLimit && drift.ksP < ksLimit;
}

function nextAuditRate(standing: Standing): Step[] {
  const { terms, threshold, evidence, auditRate, drift } = standing;
  if (threshold === null || !evidence) return [];
  const { audited } = evidence.fold;
  const autosPerDay = standing.autosPerDay(threshold);
  const drifted = hasDrifted(drift) || standing.isShifted === true;
  const rate = auditRateOf(terms, { audited, autosPerDay, drifted });
  if (Math.abs(rate - auditRate) <= leastChange * auditRate) return [];
  const so = `${percentText(rate)} of what runs alone is audited now, after ${percentText(auditRate)}`;
  const what = hasDrifted(drift) ? "The confidences have shifted" : "A drift is confirmed";
  if (drifted) return [{ kind: "audit_rate", rate, why: `${what}: ${so}.` }];
  const seen = `${counted(audited, "audit")} so far, about ${Math.round(autosPerDay)} a day run alone`;
  return [{ kind: "audit_rate", rate, why: `${seen}: ${so}.` }];
}
