import type { AutonomyLevel, StopScope } from "@/lib/apps/schema";
import { foreign, type Pins } from "./pins";
import { formatConfidence } from "@/lib/kernel/confidence";
import type { Prediction, Reason, Route } from "@/lib/decisions/schema";

/** What the router looks at of a proposal. `amount` is in minor units of the type's currency. */
export type Proposal = {
  predicted: Prediction;
  /** Null: the app gave none. */
  confidence: number | null;
  amount: number | null;
  currency: string | null;
  /** What it comes from, for the contracts that are pinned to that; null: the app names none. */
  model?: string | null;
  prompt?: string | null;
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
  /** Where a kind of proposal has any, only what one of them covers may run alone. */
  contracts?: readonly Contract[];
};
/** A promise that governs a segment of a type's proposals, in place of the autonomy's level and threshold. */
export type Contract = {
  id: string;
  epochId: string;
  predicted: Prediction;
  /** Minor units, from (included) to (excluded); null: no limit on that side. */
  amountFrom: number | null;
  amountTo: number | null;
  level: AutonomyLevel;
  threshold: number | null;
  auditRate: number;
  /** Share of what may run alone that does, while autonomy is being widened. */
  rampShare: number;
  /** The model and the prompt its evidence is of; of another one nothing runs alone. */
  pins?: Pins;
};

/** What policies and agents say of a proposal. They only ever ask for more caution. */
export type Caution = {
  /** Each sends it to a person. */
  review: readonly Reason[];
  /** Present: it ends without acting, unless something above asks for a person. */
  decline: Reason | null;
};

/** Uniform in [0, 1), independent of each other and of the outcome. */
export type Draws = { audit: number; ramp: number };

export type Stop = { scope: StopScope; reason: string | null };

export type Routing = {
  route: Route;
  /** How far it might have gone: the contract's level where one covers it, else the autonomy's. */
  level: AutonomyLevel;
  reasons: Reason[];
  /** The threshold that was in force for this proposal, if any. */
  threshold: number | null;
  /** Probability that a person's label comes of this decision, fixed before the draw. */
  piLabel: number;
  /** The least propensity this policy gives to anything it could run alone (autonomy.md §1.2). */
  piRef: number;
  auditDrawn: boolean;
  /** The certification period it is evidence in; null: no contract, or a rule no threshold could pass. */
  epochId: string | null;
};

/**
 * Who decides. The strictest reason wins: shadow, then a stop, the level, the cap, a missing confidence and the
 * threshold; every doubt means a person. A contract that covers the proposal stands in place of the autonomy's level
 * and threshold. The draws are uniform and independent of the outcome; propensities are set before they are looked at. Pure: no clock, no chance.
 */
export function routeDecision(
  proposal: Proposal,
  autonomy: Autonomy,
  stops: readonly Stop[],
  draws: Draws,
  caution: Caution = noCaution,
): Routing {
  const force = inForce(proposal, autonomy);
  const { threshold, level } = force;
  const passing = passingOdds(force);
  const piRef = level === "auto" && threshold !== null ? passing.piLabel : 1;
  const rules = [...caution.review, ...force.obstacles, ...capObstacle(proposal, autonomy)];
  // What no threshold could have let through says nothing about a threshold.
  const isEvidence = rules.length === 0 && caution.decline === null && isConfidence(proposal.confidence);
  const epochId = isEvidence ? force.epochId : null;
  const byPerson = (route: "review" | "shadow", reasons: Reason[]): Routing => {
    return { route, level, reasons, threshold, piLabel: 1, piRef, auditDrawn: false, epochId };
  };
  if (level === "shadow") return byPerson("shadow", [inShadow]);
  const auditDrawn = draws.audit < passing.auditRate;
  if (caution.decline && stops.length + rules.length === 0) {
    const { auditRate: piLabel } = passing;
    const reasons = [caution.decline];
    return { route: "decline", level, reasons, threshold, piLabel, piRef, auditDrawn, epochId };
  }
  const obstacles = [
    ...stops.map(stopped),
    ...levelObstacle(level),
    ...rules,
    ...confidenceObstacle(proposal, threshold),
  ];
  if (obstacles.length > 0) return byPerson("review", obstacles);
  if (draws.ramp >= force.rampShare) {
    return { ...byPerson("review", [ramped(force.rampShare)]), piLabel: passing.piLabel };
  }
  return {
    route: proposal.predicted === "positive" ? "execute" : "decline",
    level,
    reasons: [reached(proposal, threshold)],
    threshold,
    piLabel: passing.piLabel,
    piRef,
    auditDrawn,
    epochId,
  };
}

const noCaution: Caution = { review: [], decline: null };

type Force = {
  level: AutonomyLevel;
  threshold: number | null;
  auditRate: number;
  rampShare: number;
  epochId: string | null;
  obstacles: Reason[];
};

/** The contract that covers the proposal, or the autonomy's own settings where its kind has no contract. */
function inForce(proposal: Proposal, autonomy: Autonomy): Force {
  const { predicted } = proposal;
  const own = (autonomy.contracts ?? []).filter((contract) => contract.predicted === predicted);
  const amount = proposal.currency === autonomy.currency ? proposal.amount : null;
  const contract = own.find((one) => covers(one, amount));
  if (contract) return { ...contract, obstacles: anotherOrigin(proposal, contract) };
  const { level, auditRate } = autonomy;
  const threshold = predicted === "positive" ? autonomy.threshold : autonomy.declineThreshold;
  const obstacles = own.length > 0 ? [uncovered] : [];
  return { level, threshold, auditRate, rampShare: 1, epochId: null, obstacles };
}

// Of an amount in another currency as of an unknown one: a band is in the type's currency, and numbers do not compare.
function covers({ amountFrom, amountTo }: Contract, amount: number | null): boolean {
  if (amount === null) return amountFrom === null && amountTo === null;
  return (amountFrom === null || amount >= amountFrom) && (amountTo === null || amount < amountTo);
}

const uncovered: Reason = {
  kind: "contract",
  code: "no_contract",
  message: "No contract covers proposals of this amount",
};

// What another model or prompt proposes is no evidence of this one, and is not covered by it.
function anotherOrigin({ model = null, prompt = null }: Proposal, { pins = {} }: Contract): Reason[] {
  const code = foreign(pins, { model, prompt });
  if (code === null) return [];
  const what = code === "model_changed" ? "model" : "prompt";
  return [{ kind: "contract", code, message: `Another ${what} than the one its contract is certified for` }];
}

function ramped(share: number): Reason {
  return {
    kind: "contract",
    code: "ramp",
    message: `Autonomy is being widened: ${Math.round(share * 100)} % of what may run alone does so far`,
    detail: { share },
  };
}

/**
 * The audit rate, and the probability that a label comes of what passes every check. A share of zero would leave what
 * runs alone without any evidence, and the propensity without a meaning.
 */
function passingOdds({ auditRate: asked, rampShare }: Force) {
  const auditRate = Math.max(asked, smallestRate);
  return { auditRate, piLabel: 1 - rampShare + rampShare * auditRate };
}

/** The least audit rate the router uses, whatever is configured: one in a thousand. */
export const smallestRate = 0.001;

const inShadow: Reason = {
  kind: "level",
  code: "shadow",
  message: "The app is in shadow: this is recorded and nothing is done",
};

const stoppedWords: Record<StopScope, string> = {
  global: "Everything",
  app: "This app",
  type: "This decision type",
  connector: "The system that would act",
};

function stopped(stop: Stop): Reason {
  const what = stoppedWords[stop.scope];
  const why = stop.reason ? `: ${stop.reason}` : "";
  return { kind: "stop", code: `${stop.scope}_stop`, message: `${what} is stopped${why}` };
}

function levelObstacle(level: AutonomyLevel): Reason[] {
  if (level === "auto") return [];
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

function isConfidence(confidence: number | null): confidence is number {
  return confidence !== null && confidence >= 0 && confidence <= 1;
}

function confidenceObstacle(proposal: Proposal, threshold: number | null): Reason[] {
  const { confidence } = proposal;
  if (!isConfidence(confidence)) {
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
