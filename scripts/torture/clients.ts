import { openSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Desk, Desks } from "./desks";
import type { Told } from "./ledger";
import { editedAmount, type Plan } from "./plan";

export type Called = { status: number; body: Record<string, unknown> };

const patienceMs = 30_000;
const longestAway = 120_000;

/** One call of the API. Throws when no whole answer came. */
export async function call(
  base: string,
  { method = "GET", path, key, body }: { method?: string; path: string; key: string; body?: object },
): Promise<Called> {
  const response = await fetch(base + path, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : { text } };
}

/** The same call until an answer says something: a server that is away or overloaded is asked again. */
export async function callUntilAnswered(base: string, request: Parameters<typeof call>[1]): Promise<Called> {
  const deadline = Date.now() + longestAway;
  for (;;) {
    try {
      const called = await call(base, request);
      if (called.status < 500 && called.status !== 429) return called;
      if (Date.now() > deadline)
        throw new Error(`${request.path}: ${called.status} ${JSON.stringify(called.body)}`);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(50 + Math.random() * 100);
  }
}

/** Hands out so many decisions as were released, in order, to whoever asks. */
export class Tickets {
  private taken = 0;
  released = 0;

  constructor(private readonly plans: readonly Plan[]) {}

  async next(): Promise<Plan | undefined> {
    while (this.taken >= this.released && this.released < this.plans.length) await sleep(10);
    return this.plans[this.taken++];
  }

  release(upTo: number): void {
    this.released = Math.min(this.plans.length, Math.max(this.released, Math.round(upTo)));
  }
}

/** Clients that carry out their plans, and write down what they were told before they go on. */
export class Clients {
  /** Decisions that were acknowledged. */
  acknowledged = 0;
  private readonly log: number;

  constructor(
    private readonly base: string,
    private readonly desks: Desks,
    logFile: string,
  ) {
    this.log = openSync(logFile, "a");
  }

  /** Works until there is no ticket left. */
  async run(tickets: Tickets, clients: number): Promise<void> {
    const client = async () => {
      for (let plan = await tickets.next(); plan; plan = await tickets.next()) await this.carryOut(plan);
    };
    await Promise.all(Array.from({ length: clients }, client));
  }

  private async carryOut(plan: Plan): Promise<void> {
    const desk = this.desks.desks.get(plan.system);
    if (!desk) throw new Error(`there is no desk for ${plan.system}`);
    const submissions = await Promise.all([
      this.submit(plan, desk),
      ...(plan.isTwice ? [this.submit(plan, desk)] : []),
    ]);
    this.acknowledged += 1;
    const [first] = submissions;
    if (!first) return;
    const { id, review } = first.body as { id: string; review: { id: string } | null };
    if (plan.step === "cancel") return this.cancel(plan, desk, id);
    if (plan.step === "leave") return;
    if (plan.step !== "auto") await this.rule(plan, desk, id, review?.id ?? "");
    if (plan.isRegretted && plan.step !== "decline") await this.cancel(plan, desk, id);
  }

  private async submit(plan: Plan, desk: Desk): Promise<Called> {
    const called = await callUntilAnswered(this.base, {
      method: "POST",
      path: "/api/v1/decisions",
      key: desk.key,
      body: {
        type: desk.typeKey,
        external_id: plan.external,
        input: { message: "I was charged twice" },
        proposal: { arguments: { invoice: plan.external, amount: plan.amount, currency: "EUR" } },
        confidence: plan.step === "auto" ? 0.99 : 0.5,
      },
    });
    if (called.status !== 201)
      throw new Error(`a submission was answered ${called.status}: ${JSON.stringify(called.body)}`);
    const { id, route } = called.body as { id: string; route: { outcome: string } };
    const { external, amount, system } = plan;
    this.write({ kind: "acknowledged", external, id, route: route.outcome, amount, system });
    return called;
  }

  private async rule(plan: Plan, desk: Desk, id: string, reviewId: string): Promise<void> {
    const amount = plan.step === "edit" ? editedAmount(plan.amount) : plan.amount;
    const called = await callUntilAnswered(this.base, {
      method: "POST",
      path: `/api/v1/reviews/${reviewId}/verdict`,
      key: this.desks.reviewer,
      body: rulingOf(plan, amount),
    });
    const { external } = plan;
    if (called.status === 200) return this.write({ kind: "ruled", external, id, verdict: plan.step, amount });
    // A first try may have been heard although its answer was lost: what stands says so.
    const { body } = await callUntilAnswered(this.base, { path: `/api/v1/decisions/${id}`, key: desk.key });
    const status = String(body.status);
    if (status === (plan.step === "decline" ? "declined" : "approved"))
      return this.write({ kind: "ruled", external, id, verdict: plan.step, amount });
    this.write({ kind: "not_ruled", external, id, status: `${called.status} ${status}` });
  }

  private async cancel({ external }: Plan, desk: Desk, id: string): Promise<void> {
    const called = await callUntilAnswered(this.base, {
      method: "POST",
      path: `/api/v1/decisions/${id}/cancel`,
      key: desk.key,
    });
    this.write({ kind: called.status === 200 ? "cancelled" : "too_late", external, id });
  }

  private write(line: Told): void {
    writeSync(this.log, `${JSON.stringify(line)}\n`);
  }
}

function rulingOf({ step, external }: Plan, amount: number): object {
  if (step === "edit")
    return {
      verdict: "edit",
      arguments: { invoice: external, amount, currency: "EUR" },
      note: "One cent more",
    };
  return step === "decline" ? { verdict: "decline", reason_code: "amount wrong" } : { verdict: "approve" };
}
