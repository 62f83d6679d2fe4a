import { ApiError, type Api } from "./api";

type Truth = { external_id: string; truth: "positive" | "negative" };

/**
 * Ground truth that arrives late, as it does in business: what the data set knows is told some time after the
 * decision, in batches. What could not be sent is kept and sent again.
 */
export class LateOutcomes {
  private waiting: { at: number; told: Truth }[] = [];

  constructor(
    private readonly api: Api,
    private readonly delayMs: number,
  ) {}

  add(told: Truth, now: number): void {
    this.waiting.push({ at: now + this.delayMs, told });
  }

  /** Sends what is due. */
  async send(now: number): Promise<void> {
    const due = this.waiting.filter((one) => one.at <= now).slice(0, 500);
    if (due.length === 0) return;
    try {
      await this.api.post("/api/v1/outcomes/batch", {
        outcomes: due.map((one) => ({ ...one.told, detail: "told by the demo's data" })),
      });
    } catch (error) {
      if (error instanceof ApiError && (error.status === 0 || error.status >= 500)) return;
      throw error;
    }
    const sent = new Set(due);
    this.waiting = this.waiting.filter((one) => !sent.has(one));
  }
}
