/** Why a model gave no answer that can be used. `refused`: it answered that it will not. */
export const modelCallFailures = ["timeout", "provider", "unusable_answer", "refused"] as const;
export type ModelCallFailure = (typeof modelCallFailures)[number];

/**
 * A model call without a usable answer: whoever asked goes on without a confidence, and a person decides.
 * The message is safe to show; `cause` is for the log; `runId` is the run that holds what happened.
 */
export class ModelCallError extends Error {
  readonly reason: ModelCallFailure;
  readonly runId: string | null;

  constructor(reason: ModelCallFailure, message: string, cause?: unknown, runId: string | null = null) {
    super(message, { cause });
    this.name = "ModelCallError";
    this.reason = reason;
    this.runId = runId;
  }
}
