import type { Submission } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { instantOf } from "@/lib/kernel/instant";

/** True when the decision's own limit has passed: nothing may be done of it any more. */
export function isPast({ expires_at: limit }: Submission, now: Date): boolean {
  return limit !== undefined && instantOf(limit) <= now;
}

/** Why a decision that comes after its own limit is not taken. */
export function tooLate(): DomainError {
  return new DomainError("invalid", "/expires_at: The time for this is over", {
    code: "validation_failed",
    errors: [
      {
        pointer: "/expires_at",
        code: "in_the_past",
        message: "The time for this is over",
        fix: "Send it with a time to come, or without one",
      },
    ],
  });
}
