import type { TestDesk } from "@/db/testing-fixtures";
import { Submission } from "@/lib/decisions/schema";
import type { Context } from "@/lib/server/context";
import type { Outcome } from "./submit-decisions";
import type { Submitted } from "./submitted";

export type Changes = Partial<Submitted> & { body?: Record<string, unknown> };

/** A refund that a desk's app is sure of, with what `body` changes of what it says and the rest of how it comes. */
export function aSubmission(desk: TestDesk, key: Context, { body, ...rest }: Changes = {}): Submitted {
  const submission = Submission.parse({
    type: desk.typeKey,
    input: { message: "charged twice" },
    proposal: { arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } },
    confidence: 0.95,
    ...body,
  });
  return { actor: key.actor, livemode: false, idempotencyKey: null, submission, ...rest };
}

/** The outcome, which must be a decision that was made. */
export function created(outcome: Outcome | undefined) {
  if (outcome?.kind !== "created") throw new Error(`not created: ${JSON.stringify(outcome)}`);
  return outcome;
}
