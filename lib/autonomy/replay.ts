import type { AutonomyLevel } from "@/lib/apps/schema";
import type { LabelSource, Prediction, Reason, Route, Truth } from "@/lib/decisions/schema";
import { routeDecision, type Autonomy, type Caution, type Stop } from "@/lib/routing/route-decision";

/** A past decision as a replay reads it: what was proposed, where it went and why, and what turned out to be right. */
export type PastDecision = {
  id: string;
  typeId: string;
  predicted: Prediction;
  confidence: number | null;
  amount: number | null;
  currency: string | null;
  route: Route;
  reasons: readonly Reason[];
  level: AutonomyLevel;
  threshold: number | null;
  drawU: number;
  auditDrawn: boolean;
  piLabel: number;
  truth: Truth | null;
  truthSource: LabelSource | null;
  truthPi: number | null;
};

/** Confidence from which a kind of proposal would run alone; null: none would; left out: it stays as it was. */
export type ThresholdDraft = {
  thresholds: Partial<Record<Prediction, number | null>>;
  /** Share of what runs alone that would be audited. */
  auditRate: number;
};

/** What a type says now that no decision's own row holds: the cap in force and whether amounts are read. */
export type TypeRules = Pick<Autonomy, "amountCap" | "currency" | "movesMoney">;

/** `audits`: how many audits are expected of it, 0 to 1. */
export type Rerouted = { route: Route; audits: number };

/**
 * Where the router would have sent a past decision under a draft threshold, with everything else as it was: the
 * stop, policies and findings that its reasons name; the amount cap is today's. A decision
 * in shadow met no policy, so none is held against it. Calls the router itself, so that the two cannot differ.
 */
export function underThreshold(past: PastDecision, draft: ThresholdDraft, rules: TypeRules): Rerouted {
  if (draft.thresholds[past.predicted] === undefined) return asItWas(past);
  const routed = routeDecision(
    past,
    {
      ...rules,
      level: "auto",
      threshold: draft.thresholds.positive ?? null,
      declineThreshold: draft.thresholds.negative ?? null,
      auditRate: draft.auditRate,
    },
    stopsOf(past),
    { audit: past.drawU, ramp: 0 },
    cautionOf(past),
  );
  return { route: routed.route, audits: isAlone(routed.route) ? routed.piLabel : 0 };
}

/** A decision that the draft does not touch, or cannot be asked about. */
export function asItWas({ route, auditDrawn }: PastDecision): Rerouted {
  return { route, audits: auditDrawn ? 1 : 0 };
}

/**
 * Where a past decision would have gone if one policy had said what its draft says: that policy's own reasons are taken
 * out of the stored ones (`isOwn`), the draft's are put in, and everything else stays as it was.
 */
export function underPolicy(
  past: PastDecision,
  caution: Caution,
  isOwn: (reason: Reason) => boolean,
): Rerouted {
  const { route, auditDrawn, predicted } = past;
  if (route === "shadow") return asItWas(past);
  const rest = past.reasons.filter((reason) => reason.kind !== "queue" && !isOwn(reason));
  const byOthers = cautionOf({ route, reasons: rest });
  const review = [...byOthers.review, ...caution.review, ...rest.filter(isHard)];
  const stays = (to: Route): Rerouted => ({ route: to, audits: isAlone(to) && auditDrawn ? 1 : 0 });
  if (review.length > 0) return stays("review");
  if (caution.decline ?? byOthers.decline) return stays("decline");
  return stays(
    rest.some(isSoft) || !passes(past) ? "review" : predicted === "positive" ? "execute" : "decline",
  );
}

/** Nobody is asked: it is carried out, or ends without acting. */
export function isAlone(route: Route): boolean {
  return route === "execute" || route === "decline";
}

const hardKinds: readonly Reason["kind"][] = ["stop", "cap", "confidence"];

/** What stands in the way whatever a policy says, and comes before its refusal. */
function isHard({ kind, code }: Reason): boolean {
  return hardKinds.includes(kind) || code === "no_contract";
}

/** What stands in the way of running alone, but not of a refusal. */
function isSoft({ kind, code }: Reason): boolean {
  return kind === "level" || kind === "contract" || (kind === "threshold" && code !== "reached");
}

// A refusal by a policy stores no other reason: whether it would have passed is asked of what stands beside it.
function passes({ level, threshold, confidence, route, reasons }: PastDecision): boolean {
  if (route === "review" || reasons.some(({ code }) => code === "reached")) return true;
  return level === "auto" && threshold !== null && confidence !== null && confidence >= threshold;
}

function stopsOf({ reasons }: PastDecision): Stop[] {
  return reasons
    .filter(({ kind }) => kind === "stop")
    .map(({ code }) => ({ scope: code === "global_stop" ? "global" : "app", reason: null }));
}

/** What policies and agents said of it, as its reasons tell. */
function cautionOf({ route, reasons }: Pick<PastDecision, "route" | "reasons">): Caution {
  const said = reasons.filter(({ kind }) => kind === "policy" || kind === "finding");
  if (route !== "decline") return { review: said, decline: null };
  return { review: [], decline: said[0] ?? null };
}
