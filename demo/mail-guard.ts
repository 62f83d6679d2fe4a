import type { Api } from "./api";
import type { Mail } from "./mail/messages";
import { LateOutcomes } from "./outcomes";
import { classifyMail } from "@/lib/models/server/classify-mail";
import { ModelCallError } from "@/lib/models/model-call-error";
import type { LanguageModelV4 } from "@ai-sdk/provider";

/** What happened before somebody looked: enough for the dashboards to have something to say at the first visit. */
const history = 300;
const outcomeDelayMs = 90_000;
/** Every so many messages a second proposal is made in shadow: recorded, compared, never carried out. */
const shadowEvery = 5;

/**
 * The app mail-guard: reads real messages, asks a model whether each is spam, and submits what it would do. Ground
 * truth follows later as outcomes.
 */
export class MailGuard {
  private next = 0;
  private readonly outcomes: LateOutcomes;

  constructor(
    private readonly api: Api,
    /** Asked before each message: the model in force may have changed. */
    private readonly model: () => Promise<LanguageModelV4>,
    private readonly stream: readonly Mail[],
  ) {
    this.outcomes = new LateOutcomes(api, outcomeDelayMs);
  }

  get exhausted(): boolean {
    return this.next >= this.stream.length;
  }

  /** Goes on where an earlier run stopped, or sends the first messages at once. */
  async catchUp(now: number): Promise<void> {
    const { data } = await this.api.get<{ data: { external_id: string | null }[] }>(
      "/api/v1/decisions?type=message.quarantine&limit=1",
    );
    const last = data[0]?.external_id;
    this.next = last ? this.stream.findIndex((mail) => mail.id === last) + 1 : 0;
    // What was told before a restart is told again: an outcome that stands already changes nothing.
    for (const mail of this.stream.slice(Math.max(0, this.next - 200), this.next))
      this.tellLater(mail, now - outcomeDelayMs);
    while (this.next < history)
      await this.submitMany(
        this.stream.slice(this.next, Math.min(this.next + 100, history)),
        now - outcomeDelayMs,
      );
  }

  /** Submits the next message. */
  async step(now: number): Promise<void> {
    const mail = this.stream[this.next];
    if (!mail) return;
    for (const submission of await this.submissionsOf(mail, this.next))
      await this.api.post("/api/v1/decisions", submission);
    this.tellLater(mail, now);
    this.next += 1;
  }

  sendOutcomes(now: number): Promise<void> {
    return this.outcomes.send(now);
  }

  private async submitMany(mails: readonly Mail[], now: number): Promise<void> {
    const submissions = await Promise.all(
      mails.map((mail, index) => this.submissionsOf(mail, this.next + index)),
    );
    await this.api.post("/api/v1/decisions/batch", { decisions: submissions.flat() });
    for (const mail of mails) this.tellLater(mail, now);
    this.next += mails.length;
  }

  private tellLater(mail: Mail, now: number): void {
    this.outcomes.add({ external_id: mail.id, truth: mail.isSpam ? "positive" : "negative" }, now);
  }

  private async submissionsOf(mail: Mail, index: number): Promise<object[]> {
    const answer = await classifyMail(await this.model(), mail).catch((error: unknown) => {
      // No usable answer: the message is submitted without a confidence, so a person decides.
      if (error instanceof ModelCallError) return undefined;
      throw error;
    });
    const input = { from: mail.from, subject: mail.subject, date: mail.date, text: mail.text };
    const [provider, name] = answer?.model.split("/", 2) ?? [];
    const common = {
      subject: { type: "sender", id: mail.from.slice(0, 255) || "unknown" },
      input,
      confidence: answer?.confidence ?? null,
      rationale: answer?.rationale ?? "The model gave no usable answer.",
      ...(name ? { model: { provider, name } } : {}),
      ...(answer ? { prompt_version: answer.promptVersion } : {}),
    };
    const predicted = answer?.predicted ?? "positive";
    const quarantine = {
      ...common,
      type: "message.quarantine",
      external_id: mail.id,
      proposal: {
        predicted,
        arguments: {
          subject: mail.subject || "(no subject)",
          sender: mail.from || "(no sender)",
          message_id: mail.id,
        },
      },
    };
    if (predicted !== "positive" || index % shadowEvery !== 0) return [quarantine];
    const block = {
      ...common,
      type: "sender.block",
      external_id: `${mail.id}/block`,
      proposal: { predicted, arguments: { sender: mail.from || "unknown" } },
    };
    return [quarantine, block];
  }
}
