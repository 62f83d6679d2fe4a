import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";
import { completeArguments } from "@/lib/apps/server/arguments-as-signed";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import { amountOf } from "@/lib/decisions/amount";
import { actionDigest } from "@/lib/decisions/server/digest";
import type { Reason, Submission } from "@/lib/decisions/schema";
import { DomainError, type FieldError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";
import { inspect, textsOf } from "@/lib/policies/moderation/inspect";
import type { Finding } from "@/lib/policies/schema";
import type { Heard } from "@/lib/policies/server/moderate-with-model";
import type { Trial } from "@/lib/policies/server/note-trials";
import { calibrated } from "@/lib/routing/calibrated";
import { routeDecision, type Caution, type Draws, type Routing } from "@/lib/routing/route-decision";
import type { TypeInForce, TypeSchemas } from "./load-types";
import { placeReview, type Placement } from "./place-review";
import { consult } from "./policies-on";
import type { Rulebook } from "./rulebook";

/** One decision, checked and routed, ready to be written. */
export type Plan = {
  id: string;
  submission: Submission;
  /** The proposal's arguments with their schema's defaults: what is shown, signed and sent. */
  arguments: JsonObject;
  requestHash: string;
  type: TypeInForce;
  routing: Routing;
  /** Where its review goes; null when nobody rules on it. */
  placement: Placement | null;
  money: Money | null;
  confidence: number | null;
  /** What that confidence means by the map in force, and which map that was. */
  calibrated: ReturnType<typeof calibrated>;
  drawU: number;
  /** Present when the router lets it run: what the execution will carry. */
  digest: string | null;
  /** What agents saw in its text. */
  findings: readonly Finding[];
  /** What live policies said of it, to be counted once it is answered; null: none is live. */
  trials: (() => Trial[]) | null;
};

/**
 * The arguments of a submission as they are stored, signed and sent: checked, with the defaults that the type's schema
 * names filled in. Throws `validation_failed` where the type's own schemas refuse the input or the arguments; arguments
 * that nobody could give (`unanswered`) are left for a person to fill in.
 */
export function checkAgainstType(
  submission: Submission,
  type: TypeInForce,
  schemas: TypeSchemas,
  unanswered?: Reason,
): JsonObject {
  const { typeId, typeVersion: version } = type;
  const complete = completeArguments(
    { typeId, version, schema: schemas.arguments },
    submission.proposal.arguments,
    "/proposal/arguments",
  );
  const errors: FieldError[] = [
    ...validatorOf(`${typeId}@${version}/input`, schemas.input)(submission.input, "/input"),
    ...(unanswered ? [] : complete.errors),
    ...checkAction(submission, type),
  ];
  if (errors.length === 0) return complete.value;
  const [first] = errors;
  throw new DomainError("invalid", `${first?.pointer}: ${first?.message}`, {
    code: "validation_failed",
    errors: errors.slice(0, 50),
  });
}

function checkAction(submission: Submission, type: TypeInForce): FieldError[] {
  const { action } = submission.proposal;
  if (action === undefined || action === type.typeKey || action === type.action?.key) return [];
  const own = type.action?.key ?? type.typeKey;
  return [
    {
      pointer: "/proposal/action",
      code: "unknown_action",
      message: `The type ${type.typeKey} carries out ${own}`,
      fix: "Leave action out, or name that one",
    },
  ];
}

/**
 * Routes one checked submission, its arguments complete; the draw is a keyed hash of the new id, so nobody can steer
 * it or guess it.
 */
export function planDecision(submission: Submission, args: JsonObject, type: TypeInForce, by: Rules): Plan {
  const id = newId("decision");
  const draws = drawsOf(id);
  const money = amountOf(args, type);
  const confidence = rawConfidence(submission);
  const proposal = {
    predicted: submission.proposal.predicted,
    confidence,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    model: submission.model?.name ?? null,
    prompt: submission.prompt_version ?? null,
  };
  const checked = { submission, arguments: args, type, money, confidence };
  const findings = findingsIn(submission, args, type, by.heard);
  const { ruling, caution, trials } = consult(checked, findings, by.rulebook, {
    livemode: by.livemode,
    draw: draws.sample,
  });
  const autonomy = { ...type, movesMoney: type.amountPointer !== null };
  const route = (more: Caution) =>
    routeDecision(proposal, autonomy, type.stops, draws, by.unanswered ? unasked(more, by.unanswered) : more);
  const routed = route(caution);
  const routedTo = ruling.queueId === null ? undefined : by.rulebook.queues.get(ruling.queueId);
  const placement =
    routed.route === "review" ? placeReview({ ...checked, reasons: routed.reasons, routedTo }) : null;
  const routing = placement ? { ...routed, reasons: [...routed.reasons, ...placement.reasons] } : routed;
  return {
    id,
    submission,
    arguments: args,
    requestHash: requestHash(submission),
    type,
    routing,
    placement,
    money,
    confidence,
    calibrated: calibrated(type.calibrations, proposal),
    drawU: draws.audit,
    digest: routing.route === "execute" ? digestOf(id, args, type) : null,
    findings,
    trials: trials && (() => trials(routed, route)),
  };
}

/** What a plan is made by, besides its type. */
export type Rules = {
  rulebook: Rulebook;
  livemode: boolean;
  /** What a moderation model said of it; a model in force that said nothing means a person. */
  heard: Heard | undefined;
  /** Why there is no answer to route; a person decides then. */
  unanswered?: Reason | undefined;
};

// Before anything else that asks for a person, so that they read first why they are asked.
function unasked(caution: Caution, unanswered: Reason): Caution {
  return { ...caution, review: [unanswered, ...caution.review] };
}

// The arguments as they would be sent, the schema's defaults filled in.
function findingsIn(
  submission: Submission,
  args: JsonObject,
  { agents }: TypeInForce,
  heard?: Heard,
): Finding[] {
  if (agents.length === 0) return [];
  return inspect(agents, textsOf({ ...submission, proposal: { arguments: args } }), heard);
}

function digestOf(decisionId: string, args: JsonObject, { action }: TypeInForce): string {
  return actionDigest({
    decisionId,
    actionId: action?.id ?? null,
    connectorId: action?.connectorId ?? null,
    connectorVersion: action?.connectorVersion ?? null,
    arguments: args,
  });
}

/** The app's confidence as a number, or null where it gave none. */
export function rawConfidence({ confidence }: Submission): number | null {
  if (confidence === undefined || confidence === null) return null;
  return typeof confidence === "number" ? confidence : confidence.raw;
}

/** SHA-256 of what was submitted, defaults filled in: equal for a retry however its JSON was spaced. */
export function requestHash(submission: Submission): string {
  return hash("sha256", JSON.stringify(submission));
}

/** Draws of one decision, each from 48 bits of their own, so that one says nothing about another. */
export function drawsOf(
  decisionId: string,
  secret: string | KeyObject = auditSecret(),
): Draws & { sample: number } {
  const digest = createHmac("sha256", secret).update(decisionId).digest();
  const draw = (from: number) => digest.readUIntBE(from, 6) / 2 ** 48;
  return { audit: draw(0), ramp: draw(6), sample: draw(12) };
}

let known: { secret: string; key: KeyObject } | undefined;

function auditSecret(): KeyObject {
  const secret = process.env.COUNTERSIGN_AUDIT_SECRET;
  if (!secret) throw new Error("COUNTERSIGN_AUDIT_SECRET is not set: audits cannot be drawn");
  if (known?.secret !== secret) known = { secret, key: createSecretKey(secret, "utf8") };
  return known.key;
}
