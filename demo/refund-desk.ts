import { ApiError, type Api } from "./api";
import { appealOnce } from "./appeal";
import { LateOutcomes } from "./outcomes";
import { generateRequest, type InvoiceFacts } from "./refunds/requests";

const outcomeDelayMs = 120_000;
const history = 12;
/** One request in so many is taken back by the customer, one lapses: a demo shows how decisions end, not only well. */
const withdrawnEvery = 11;
const lapsesEvery = 13;

type Submitted = { id: string; status: string };

/** The app refund-desk: generated customer requests on the billing system's generated invoices. */
export class RefundDesk {
  private next = 0;
  private readonly outcomes: LateOutcomes;

  constructor(
    private readonly api: Api,
    private readonly invoices: readonly InvoiceFacts[],
  ) {
    this.outcomes = new LateOutcomes(api, outcomeDelayMs);
  }

  /** Goes on where an earlier run stopped, or sends the first requests at once. */
  async catchUp(now: number): Promise<void> {
    const { data } = await this.api.get<{ data: { external_id: string | null }[] }>(
      "/api/v1/decisions?type=refund.issue&limit=100",
    );
    const indexes = data.map((decision) =>
      Number(/^refund-request-(\d+)$/.exec(decision.external_id ?? "")?.[1] ?? -1),
    );
    this.next = Math.max(-1, ...indexes) + 1;
    const isFirstRun = this.next < history;
    while (this.next < history) await this.step(now);
    if (isFirstRun) await appealOnce(this.api);
  }

  async step(now: number): Promise<void> {
    const request = generateRequest(this.next, this.invoices);
    if (!request) return;
    const lapses = this.next % lapsesEvery === lapsesEvery - 1;
    const decision = await this.api.post<Submitted>("/api/v1/decisions", {
      type: "refund.issue",
      external_id: request.id,
      subject: { type: "customer", id: request.customer },
      input: { channel: "e-mail", invoice: request.invoice, message: request.message },
      proposal: {
        arguments: {
          invoice: request.invoice,
          amount: request.amount,
          currency: request.currency,
          reason: request.reason,
        },
      },
      context: request.context.map((item) => ({ ...item, fetched_at: new Date(now).toISOString() })),
      rationale: { text: request.rationale, citations: request.citations },
      confidence: request.confidence,
      model: {
        provider: "generated",
        name: "support-model",
        input_tokens: 900 + request.message.length,
        output_tokens: 60 + request.rationale.length,
        latency_ms: 1200 + request.message.length * 3,
      },
      prompt_version: "refunds@3",
      ...(lapses ? { expires_at: new Date(now + 60_000).toISOString() } : {}),
      metadata: { generated: "true" },
    });
    if (this.next % withdrawnEvery === withdrawnEvery - 1) await this.withdraw(decision);
    this.outcomes.add({ external_id: request.id, truth: request.entitled ? "positive" : "negative" }, now);
    this.next += 1;
  }

  sendOutcomes(now: number): Promise<void> {
    return this.outcomes.send(now);
  }

  private async withdraw(decision: Submitted): Promise<void> {
    try {
      await this.api.post(`/api/v1/decisions/${decision.id}/cancel`, {});
    } catch (error) {
      // Too late is a fair answer: the refund is already on its way.
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
    }
  }
}
