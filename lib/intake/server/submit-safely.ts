import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { crashPoint } from "@/lib/server/crash-point";
import { problemOf } from "@/lib/server/problem";
import { submitDecisions, type Outcome, type Submitted } from "./submit-decisions";

/**
 * {@link submitDecisions}, in which one item that the database refuses cannot fail its neighbours: when a whole set
 * fails for a reason of its data, each is tried in a transaction of its own. A database that is away fails them all.
 */
export async function submitSafely(ctx: Context, submitted: readonly Submitted[]): Promise<Outcome[]> {
  try {
    const outcomes = await submitDecisions(ctx, submitted);
    crashPoint("intake.after_commit");
    return outcomes;
  } catch (error) {
    const problem = problemOf(error, { requestId: ctx.requestId });
    if (problem.code === "database_unavailable") throw error;
    if (submitted.length === 1) return [{ kind: "refused", error: asDomainError(error, problem.code) }];
    const outcomes: Outcome[] = [];
    for (const one of submitted) outcomes.push(...(await submitSafely(ctx, [one])));
    return outcomes;
  }
}

function asDomainError(error: unknown, code: string): DomainError {
  if (error instanceof DomainError) return error;
  if (code === "validation_failed")
    return new DomainError("invalid", "A value cannot be stored as it is.", { code });
  return new DomainError("unavailable", "Something broke on our side; this one was not stored.", {
    code: "internal",
  });
}
