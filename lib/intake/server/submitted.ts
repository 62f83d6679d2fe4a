import type { Reason, Submission } from "@/lib/decisions/schema";
import type { Actor } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { pairKey, type TypeInForce } from "./load-types";

/** One submission and whose it is; a set may hold many apps'. */
export type Submitted = {
  actor: Actor;
  livemode: boolean;
  idempotencyKey: string | null;
  submission: Submission;
  /** Nobody could say what to do: a person fills in the arguments, which need not fit the type yet. Never runs alone. */
  unanswered?: Reason;
};

/** The pairs of app and type key that a set names. */
export function distinctPairs(submitted: readonly Submitted[]) {
  const pairs = new Map<string, { appId: string; typeKey: string }>();
  for (const { actor, submission } of submitted) {
    if (actor.kind !== "key") continue;
    pairs.set(pairKey(actor.appId, submission.type), { appId: actor.appId, typeKey: submission.type });
  }
  return [...pairs.values()];
}

/** Throws unless what is live comes with a key of its caller's, by which a repeat is known. */
export function requireKey({ livemode, idempotencyKey, submission }: Submitted): void {
  if (!livemode || idempotencyKey !== null || submission.external_id !== undefined) return;
  throw new DomainError("invalid", "Send an Idempotency-Key header or an external_id", {
    code: "idempotency_key_required",
    errors: [
      {
        pointer: "/external_id",
        code: "required",
        message: "neither a key nor an external id was given",
        fix: "Send one of the two",
      },
    ],
  });
}

/** The type that a submission names for its app, where it is in force. */
export function typeNamedBy({ actor, submission }: Submitted, types: Map<string, TypeInForce>) {
  return actor.kind === "key" ? types.get(pairKey(actor.appId, submission.type)) : undefined;
}

/** The same, or throws why it cannot be: no such type, or another app's key. */
export function typeOf(item: Submitted, types: Map<string, TypeInForce>): TypeInForce {
  const type = typeNamedBy(item, types);
  const { submission } = item;
  if (!type) {
    throw new DomainError("invalid", `There is no decision type ${submission.type}`, {
      code: "unknown_decision_type",
      errors: [
        {
          pointer: "/type",
          code: "unknown_decision_type",
          message: `There is no decision type ${submission.type}`,
          fix: "Create it under Apps, or check its key",
        },
      ],
    });
  }
  if (submission.app !== undefined && submission.app !== type.appKey && submission.app !== type.appId) {
    throw new DomainError("invalid", "This key belongs to another app", {
      code: "validation_failed",
      errors: [
        {
          pointer: "/app",
          code: "wrong_app",
          message: `This key submits for ${type.appKey}`,
          fix: "Leave app out, or use that app's key",
        },
      ],
    });
  }
  return type;
}
