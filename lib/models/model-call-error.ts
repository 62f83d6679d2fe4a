/** Why a model gave no answer that can be used. */
export const modelCallFailures = ["timeout", "provider", "unusable_answer"] as const;
export type ModelCallFailure = (typeof modelCallFailures)[number];

/**
 * A model call without a usable answer: the caller submits the decision without a confidence, and a person decides.
 * The message is safe to show; `cause` is for the log.
 */
export class ModelCallError extends Error {
  readonly reason: ModelCallFailure;

  constructor(reason: ModelCallFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "ModelCallError";
    this.reason = reason;
  }
}
