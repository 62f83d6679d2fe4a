import { accountBound } from "@/lib/stats/account";
import { certificateBets } from "@/lib/stats/certificate";
import { detectorSum } from "@/lib/stats/shiryaev-roberts";
import { streamSum } from "@/lib/stats/stream-detector";
import { weightedProportionOf } from "@/lib/stats/weighted-proportion";
import { streamRunLength, thresholdsOf, type Fold, type FoldTerms, type ThresholdFigures } from "./fold";
import type { Terms } from "./schema";
import type { EvidenceView, ThresholdView } from "./views";
import { thresholdText } from "./threshold-text";

type About = {
  /** The threshold that runs alone now; null: none. */
  inForce: number | null;
  /** `YYYY-MM` of now, UTC. */
  month: string;
  foldedAt: string | null;
};

/** What there is to say while nothing can be tested: no thresholds yet, or no measured sensitivity to correct by. */
export function noEvidence({ alpha, delta, family, alarmRunLength }: Terms): EvidenceView {
  return {
    folded_at: null,
    alpha,
    delta: delta / family,
    thresholds: [],
    most_permissive: null,
    alarm: {
      audits: { value: 0, limit: alarmRunLength },
      reviewed: { value: 0, limit: streamRunLength },
    },
    account: null,
  };
}

/** What the evidence of a certification period says, for people. */
export function evidenceOf(fold: Fold, terms: FoldTerms, { inForce, month, foldedAt }: About): EvidenceView {
  const thresholds = thresholdsOf(fold, terms).map((figures) => thresholdView(figures, terms.alpha, inForce));
  return {
    folded_at: foldedAt,
    alpha: terms.alpha,
    delta: terms.delta,
    thresholds,
    most_permissive: mostPermissive(thresholds),
    alarm: {
      audits: { value: detectorSum(fold.detector), limit: terms.alarmRunLength },
      reviewed: { value: streamSum(fold.stream), limit: streamRunLength },
    },
    account: accountView(fold, terms.delta, month),
  };
}

/** The lowest threshold that is certified; null: none is. */
export function mostPermissive(
  thresholds: readonly Pick<ThresholdFigures, "threshold" | "certified">[],
): number | null {
  const certified = thresholds.filter((one) => one.certified).map(({ threshold }) => threshold);
  return certified.length === 0 ? null : Math.min(...certified);
}

function thresholdView(figures: ThresholdFigures, alpha: number, inForce: number | null): ThresholdView {
  const { threshold, n, wrong, weights, level, certified } = figures;
  const error = weightedProportionOf(weights.wrong, weights.right);
  const needed = -Math.log(level);
  // The certificate keeps the best it ever was: p says that, the evidence as it stands may be lower.
  const best = Math.max(0, -Math.log(figures.p));
  return {
    threshold,
    n,
    wrong,
    error: error.kind === "estimate" ? error.value : null,
    error_lower: error.kind === "estimate" ? error.lower : null,
    error_upper: error.kind === "estimate" ? error.upper : null,
    effective_n: error.ess,
    log_e: Number.isFinite(figures.logE) ? figures.logE : null,
    log_e_needed: needed,
    meter: certified ? 1 : Math.min(1, best / needed),
    more_needed: certified ? 0 : moreNeeded(figures, alpha),
    level,
    certified,
    in_force: threshold === inForce,
  };
}

/**
 * About how many more labels certify it, when errors go on as they were: `(ln(1/level) − ln E) / growth`, with the
 * growth of the best bet at the observed rate. Null: at that rate the evidence does not grow.
 */
export function moreNeeded(
  { n, wrong, logE, level }: Pick<ThresholdFigures, "n" | "wrong" | "logE" | "level">,
  alpha: number,
): number | null {
  const rate = n === 0 ? 0 : wrong / n;
  const { right, wrong: lost } = certificateBets(alpha);
  const growths = right.map((gain, k) => (1 - rate) * gain + (rate === 0 ? 0 : rate * (lost[k] ?? 0)));
  const best = Math.max(...growths);
  if (!(best > 0) || !Number.isFinite(logE)) return null;
  return Math.max(1, Math.ceil((-Math.log(level) - logE) / best));
}

function accountView({ account }: Fold, delta: number, month: string): EvidenceView["account"] {
  const own = account.find((one) => one.month === month);
  if (!own || own.autos === 0) return null;
  const { autos, audited, wrong, piMin } = own;
  const bound = accountBound({ wrong, piMin, delta });
  return {
    month,
    ran_alone: autos,
    audited,
    wrong,
    // Never more than there were.
    at_most: Math.min(autos, Math.floor(bound)),
  };
}

type Standing = {
  level: "shadow" | "review_all" | "auto";
  threshold: number | null;
  rampShare: number;
  auditRate: number;
  expands: "signed" | "by_itself";
  hasProposal: boolean;
  /** Correction is asked for, and no sensitivity is measured. */
  wantsGold: boolean;
};

/** What it takes for more autonomy, or what happens next: one sentence. */
export function nextStep({ thresholds, most_permissive: best }: EvidenceView, standing: Standing): string {
  const { level } = standing;
  if (standing.hasProposal) return "A proposal waits for a second admin.";
  if (standing.wantsGold) {
    return "Reviewers' answers to known questions have to be measured first: the terms correct for what they miss.";
  }
  if (thresholds.length === 0) {
    return level === "shadow"
      ? "Enough proposals have to come in first: their confidences say which thresholds are tried."
      : "The thresholds to try are set once enough proposals have come in.";
  }
  if (level === "shadow") return "Shadow ends by itself; then people rule, and their rulings are evidence.";
  if (level === "auto") return nextWhileAlone(best, standing);
  if (best !== null)
    return `Threshold ${thresholdText(best)} is certified: an admin may propose to run alone from there on.`;
  const nearest = nearestOf(thresholds);
  if (nearest === null) return whileFew(Math.max(...thresholds.map(({ n }) => n)));
  return `About ${nearest.more.toLocaleString("en")} more right rulings at confidence ${thresholdText(nearest.threshold)} or above certify it.`;
}

const fewLabels = 30;

function whileFew(labelled: number): string {
  if (labelled === 0) return "No proposal of this period that reaches a threshold has been ruled on yet.";
  return labelled < fewLabels
    ? `Too few have been ruled on yet to say how many it takes: ${labelled} so far.`
    : "No threshold can be certified yet: too much was wrong so far at each of them.";
}

function nextWhileAlone(best: number | null, { threshold, rampShare, auditRate, expands }: Standing): string {
  if (best !== null && threshold !== null && best < threshold) {
    return expands === "signed"
      ? `Threshold ${thresholdText(best)} is certified too: an admin may propose to expand to it.`
      : `Threshold ${thresholdText(best)} is certified too and comes into force by itself.`;
  }
  if (rampShare < 1) return `The ramp goes on: ${Math.round(rampShare * 100)} % of what may run alone does.`;
  if (auditRate > 0.05) return "The audit rate falls step by step, as audits come in and find little wrong.";
  return "It runs at its lowest audit rate; more labels may certify a lower threshold.";
}

function nearestOf(thresholds: readonly ThresholdView[]): { threshold: number; more: number } | null {
  const open = thresholds.flatMap(({ threshold, n, more_needed: more }) =>
    more === null || n === 0 ? [] : [{ threshold, more }],
  );
  return open.reduce<(typeof open)[number] | null>(
    (best, one) => (best === null || one.more < best.more ? one : best),
    null,
  );
}
