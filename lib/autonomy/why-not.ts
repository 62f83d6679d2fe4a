import { formatConfidence } from "@/lib/kernel/confidence";
import { counted } from "@/lib/kernel/counted";
import { thresholdText } from "./threshold-text";
import type { Candidate } from "./certify-history";
import { type ErrorRate, errorOf, type ScoreIndex } from "./score-index";
import { percentText } from "./percent-text";
import type { ThresholdView } from "./views";

/** Why no threshold can be certified yet, and whether more audits would help. */
export type Obstacle =
  | "no_decisions"
  | "no_confidence"
  | "no_labels"
  | "one_score"
  | "too_wrong"
  | "too_few_labels";

export type WhyNot = { obstacle: Obstacle; sentence: string; nearest: Candidate | null };

/** Null where some threshold is certified. */
export function whyNot(
  candidates: readonly Candidate[],
  { index, total, alpha }: { index: ScoreIndex; total: number; alpha: number },
): WhyNot | null {
  if (candidates.some(({ certified }) => certified)) return null;
  const nearest = nearestOf(candidates);
  const obstacle = obstacleOf(candidates, { index, total, nearest });
  return { obstacle, sentence: sentenceOf(obstacle, { candidates, index, nearest, alpha }), nearest };
}

/** What needs the fewest more labels; of equals the most permissive. */
function nearestOf(candidates: readonly Candidate[]): Candidate | null {
  return candidates.reduce<Candidate | null>((best, one) => {
    if (one.moreNeeded === null) return best;
    return best?.moreNeeded != null && best.moreNeeded < one.moreNeeded ? best : one;
  }, null);
}

type About = { index: ScoreIndex; total: number; nearest: Candidate | null };

function obstacleOf(candidates: readonly Candidate[], { index, total, nearest }: About): Obstacle {
  if (total === 0) return "no_decisions";
  if (index.size === 0) return "no_confidence";
  if (!candidates.some(({ n }) => n > 0)) return "no_labels";
  if (nearest === null) return index.scores[0] === index.scores[index.size - 1] ? "one_score" : "too_wrong";
  return "too_few_labels";
}

type Said = { candidates: readonly Candidate[]; index: ScoreIndex; nearest: Candidate | null; alpha: number };

function sentenceOf(obstacle: Obstacle, { candidates, index, nearest, alpha }: Said): string {
  switch (obstacle) {
    case "no_decisions":
      return "no proposal of this kind has come in yet";
    case "no_confidence":
      return "no proposal that a threshold could let through came with a confidence";
    case "no_labels":
      return "nobody has said of any of them whether it was right";
    case "one_score":
      return `all of them carry the same confidence, ${formatConfidence(index.scores[0] ?? 0)}, and ${shareOf(errorOf(index, index.size))}, so no threshold can tell them apart`;
    case "too_wrong": {
      const best = candidates.reduce((a, b) => (rateOf(b) < rateOf(a) ? b : a));
      return `even the best of them, from ${thresholdText(best.threshold)} up, were wrong ${counted(best.wrong, "time")} in ${best.n}: more than ${percentText(alpha)}, and more audits of the same would not change that`;
    }
    case "too_few_labels":
      return nearest === null
        ? "there are too few labels"
        : `too few of them have a label: from ${thresholdText(nearest.threshold)} up, ${nearest.n} with ${nearest.wrong} wrong`;
  }
}

function rateOf({ n, wrong }: Candidate): number {
  return n === 0 ? Infinity : wrong / n;
}

function shareOf(error: ErrorRate): string {
  return error.kind === "estimate"
    ? `${percentText(error.value)} were wrong`
    : `${error.n} of them have a label`;
}

/** A threshold of a contract's own period, as the rehearsal says it. */
export function candidateOf(view: ThresholdView): Candidate {
  return {
    threshold: view.threshold,
    n: view.n,
    wrong: view.wrong,
    logE: view.log_e,
    needed: view.log_e_needed,
    certified: view.certified,
    moreNeeded: view.certified ? 0 : view.more_needed,
  };
}

/**
 * The form of a sampling plan, filled in: decisions of one app and type around where the nearest threshold lies, at the
 * chance that draws about as many as are needed.
 */
export function samplingPlanAddress(plan: {
  app: string;
  type: string;
  name: string;
  routes: readonly string[];
  from: string;
  cut: number | null;
  rate: number;
}): string {
  const query = new URLSearchParams({ name: plan.name, app: plan.app, type: plan.type, from: plan.from });
  for (const route of plan.routes) query.append("route", route);
  if (plan.cut !== null && plan.cut > 0 && plan.cut < 1) query.set("cuts", String(plan.cut));
  query.set("rate", String(plan.rate));
  return `/audits/plans/new?${query.toString()}`;
}
