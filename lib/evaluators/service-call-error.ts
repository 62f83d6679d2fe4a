/**
 * A team's own evaluator that gave no score. `message` is safe to show. `retryable`: it may answer another time; asking
 * again costs the team no more than the message.
 */
export class ServiceCallError extends Error {
  readonly retryable: boolean;

  constructor(message: string, { retryable }: { retryable: boolean }) {
    super(message);
    this.name = "ServiceCallError";
    this.retryable = retryable;
  }
}
