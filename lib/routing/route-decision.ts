import type { AutonomyLevel } from "@/lib/apps/schema";
import { formatConfidence } from "@/lib/kernel/confidence";
import type { Prediction, Reason, Route } from "@/lib/decisions/schema";

/** What the router looks at of a proposal. `amount` is in minor units of the type's currency. */
export type Proposal = {
  predicted: Prediction;
  /** Null: the app gave none. */
  confidence: number | null;
  amount: number | null;
  currency: string | null;
};

/** How far the app may go with this type, and what stands in the way right now. */
export type Autonomy = {
  level: AutonomyLevel;
  threshold: number | null;
  declineThreshold: number | null;
  auditRate: number;
  amountCap: number | null;
  /** The currency the cap is in. */
  currency: string;
  /** The type says where an amount stands, so a proposal to act without one is not understood. */
  movesMoney: boolean;
};
export type Stop = { scope: "global" | "app"; reason: string | null };

export type Routing = {
  route: Route;
  reasons: Reason[];
  /** The threshold that was in force for this proposal, if any. */
  threshold: number | null;
  /** Probability that a person's label comes of this decision, fixed before the draw. */
  piLabel: number;
  /** The least propensity this policy gives to anything it could run alone (autonomy.md §1.2). */
  piRef: number;
  auditDrawn: boolean;
};

/**
 * Who decides. The strictest reason wins: shadow, then a stop, the level, the cap, a missing confidence and the
 * threshold; every doubt means a person. `draw` is uniform in [0, 1) and independent of the outcome; the audit
 * propensity is set before it is looked at. Pure: no clock, no chance.
 */
export function routeDecision(
  proposal: Proposal,
  autonomy: Autonomy,
  stops: readonly Stop[],
  draw: number,
): Routing {
  const threshold = proposal.predicted === "positive" ? autonomy.threshold : autonomy.declineThreshold;
  const piRef =
    autonomy.level === "auto" && threshold !== null ? Math.max(autonomy.auditRate, smallestRate) : 1;
  const byPerson = (route: "review" | "shadow", reasons: Reason[]): Routing => ({
    route,
    reasons,
    threshold,
    piLabel: 1,
    piRef,
    auditDrawn: false,
  });
  if (autonomy.level === "shadow") return byPerson("shadow", [inShadow]);
  const obstacles = [
    ...stops.map(stopped),
    ...levelObstacle(autonomy),
    ...capObstacle(proposal, autonomy),
    ...confidenceObstacle(proposal, threshold),
  ];
  if (obstacles.length > 0) return byPerson("review", obstacles);
  // A share of zero would leave what runs alone without any evidence, and the propensity without a meaning.
  const piLabel = Math.max(autonomy.auditRate, smallestRate);
  return {
    route: proposal.predicted === "positive" ? "execute" : "decline",
    reasons: [reached(proposal, threshold)],
    threshold,
    piLabel,
    piRef,
    auditDrawn: draw < piLabel,
  };
}

/** The least audit rate the router uses, whatever is configured: one in a thousand. */
export const smallestRate = 0.001;

const inShadow: Reason = {
  kind: "level",
  code: "shadow",
  message: "The app is in shadow: this is recorded and nothing is done",
};

function stopped(stop: Stop): Reason {
  const what = stop.scope === "global" ? "Everything" : "This app";
  const why = stop.reason ? `: ${stop.reason}` : "";
  return { kind: "stop", code: `${stop.scope}_stop`, message: `${what} is stopped${why}` };
}

function levelObstacle(autonomy: Autonomy): Reason[] {
  if (autonomy.level === "auto") return [];
  return [{ kind: "level", code: "review_all", message: "A person rules on everything this app proposes" }];
}

function capObstacle(proposal: Proposal, autonomy: Autonomy): Reason[] {
  if (proposal.predicted === "negative" || !autonomy.movesMoney) return [];
  if (proposal.amount === null || proposal.currency === null) {
    return [{ kind: "cap", code: "amount_unknown", message: "The amount cannot be read from the arguments" }];
  }
  if (autonomy.amountCap === null) return [];
  if (proposal.currency !== autonomy.currency) {
    const detail = { currency: proposal.currency, cap_currency: autonomy.currency };
    return [
      {
        kind: "cap",
        code: "currency_differs",
        message: `The cap is in ${autonomy.currency}, the amount in ${proposal.currency}`,
        detail,
      },
    ];
  }
  if (proposal.amount <= autonomy.amountCap) return [];
  const detail = { amount: proposal.amount, cap: autonomy.amountCap, currency: autonomy.currency };
  return [{ kind: "cap", code: "over_cap", message: "The amount is above what may run alone", detail }];
}

function confidenceObstacle(proposal: Proposal, threshold: number | null): Reason[] {
  const { confidence } = proposal;
  if (confidence === null || !(confidence >= 0 && confidence <= 1)) {
    return [{ kind: "confidence", code: "no_confidence", message: "The app gave no usable confidence" }];
  }
  if (threshold === null) {
    return [
      {
        kind: "threshold",
        code: "no_threshold",
        message: "No threshold is set for proposals of this kind",
        detail: { confidence },
      },
    ];
  }
  if (confidence >= threshold) return [];
  return [
    {
      kind: "threshold",
      code: "below_threshold",
      message: `Confidence ${formatConfidence(confidence)} is below the threshold ${threshold}`,
      detail: { confidence, threshold },
    },
  ];
}

function reached(proposal: Proposal, threshold: number | null): Reason {
  const message = `Confidence ${formatConfidence(proposal.confidence ?? 0)} reaches the threshold ${threshold}`;
  return {
    kind: "threshold",
    code: "reached",
    message,
    detail: { confidence: proposal.confidence, threshold },
  };
}
