import type { Submission } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { idClock } from "@/lib/kernel/ids";
import { instantOf } from "@/lib/kernel/instant";

/**
 * True when the decision's own limit has passed at a moment of this machine's clock: nothing may be done of it any more.
 * Measured by the database's clock, which ends it later.
 */
export function isPast({ expires_at: limit }: Submission, now: Date): boolean {
  return limit !== undefined && instantOf(limit).getTime() <= idClock(now.getTime());
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
