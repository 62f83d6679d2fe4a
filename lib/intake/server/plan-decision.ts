import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";
import { completeArguments } from "@/lib/apps/server/arguments-as-signed";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import { amountOf } from "@/lib/decisions/amount";
import { actionDigest } from "@/lib/decisions/server/digest";
import type { Submission } from "@/lib/decisions/schema";
import { DomainError, type FieldError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";
import { calibrated } from "@/lib/routing/calibrated";
import { routeDecision, type Draws, type Routing } from "@/lib/routing/route-decision";
import type { TypeInForce, TypeSchemas } from "./load-types";
import { placeReview, type Placement } from "./place-review";

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
};

/**
 * The arguments of a submission as they are stored, signed and sent: checked, with the defaults that the type's schema
 * names filled in. Throws `validation_failed` where the type's own schemas refuse the input or the arguments.
 */
export function checkAgainstType(
  submission: Submission,
  type: TypeInForce,
  schemas: TypeSchemas,
): JsonObject {
  const { typeId, typeVersion: version } = type;
  const complete = completeArguments(
    { typeId, version, schema: schemas.arguments },
    submission.proposal.arguments,
    "/proposal/arguments",
  );
  const errors: FieldError[] = [
    ...validatorOf(`${typeId}@${version}/input`, schemas.input)(submission.input, "/input"),
    ...complete.errors,
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
export function planDecision(submission: Submission, args: JsonObject, type: TypeInForce): Plan {
  const id = newId("decision");
  const draws = drawsOf(id);
  const money = amountOf(args, type);
  const confidence = rawConfidence(submission);
  const proposal = {
    predicted: submission.proposal.predicted,
    confidence,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
  };
  const routed = routeDecision(
    proposal,
    { ...type, movesMoney: type.amountPointer !== null },
    type.stops,
    draws,
  );
  const placement =
    routed.route === "review"
      ? placeReview({ submission, arguments: args, type, money, confidence, reasons: routed.reasons })
      : null;
  const routing = placement ? { ...routed, reasons: [...routed.reasons, ...placement.reasons] } : routed;
  const digest =
    routing.route === "execute"
      ? actionDigest({
          decisionId: id,
          actionId: type.action?.id ?? null,
          connectorId: type.action?.connectorId ?? null,
          connectorVersion: type.action?.connectorVersion ?? null,
          arguments: args,
        })
      : null;
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
    digest,
  };
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

/** The audit's draw: HMAC-SHA256(audit secret, decision id), its first 48 bits as a share of 1. */
export function drawOf(decisionId: string, secret: string | KeyObject = auditSecret()): number {
  return drawsOf(decisionId, secret).audit;
}

/** Draws of one decision, each from 48 bits of their own, so that one says nothing about another. */
export function drawsOf(decisionId: string, secret: string | KeyObject = auditSecret()): Draws {
  const digest = createHmac("sha256", secret).update(decisionId).digest();
  return { audit: digest.readUIntBE(0, 6) / 2 ** 48, ramp: digest.readUIntBE(6, 6) / 2 ** 48 };
}

let known: { secret: string; key: KeyObject } | undefined;

function auditSecret(): KeyObject {
  const secret = process.env.COUNTERSIGN_AUDIT_SECRET;
  if (!secret) throw new Error("COUNTERSIGN_AUDIT_SECRET is not set: audits cannot be drawn");
  if (known?.secret !== secret) known = { secret, key: createSecretKey(secret, "utf8") };
  return known.key;
}
