import type { z } from "zod";
import type { CreateConnector, CreateDecisionType, ActionBody } from "@/lib/apps/inputs";
import type { CreateQueue } from "@/lib/reviews/queues";

/** What the demo's apps, types and connectors are; the seed makes them with the same verbs as an admin. */
export const mailGuard = {
  key: "mail-guard",
  name: "Mail guard",
  description:
    "Reads incoming messages and decides which to put in quarantine. Real messages, a local model.",
};

export const refundDesk = {
  key: "refund-desk",
  name: "Refund desk",
  description:
    "Reads customer requests and decides refunds on the billing system's invoices. Generated requests.",
};

export const billing = (baseUrl: string, secret: string): z.input<typeof CreateConnector> => ({
  key: "billing",
  name: "Billing",
  kind: "http",
  class: "A",
  config: {
    base_url: baseUrl,
    auth: "bearer",
    timeout_ms: 8000,
    key_ttl_seconds: 30 * 86_400,
    settle_delay_ms: 2000,
    max_attempts: 8,
  },
  secret,
});

export const refundAction: z.input<typeof ActionBody> = {
  key: "refund",
  name: "Refund an invoice's charge",
  config: {
    method: "POST",
    path: "/v1/refunds",
    body_format: "form",
    body: {
      invoice: { $arg: "/invoice" },
      amount: { $arg: "/amount" },
      currency: { $arg: "/currency" },
      reason: { $arg: "/reason" },
      metadata: { action_key: { $key: true } },
    },
    key_header: "Idempotency-Key",
    success_schema: {
      type: "object",
      required: ["id", "object", "status"],
      properties: { object: { const: "refund" }, status: { enum: ["succeeded", "pending"] } },
    },
    refusal_statuses: [400, 402, 404],
    reference_pointer: "/id",
    lookup: {
      path: "/v1/refunds?metadata[action_key]={key}",
      found_pointer: "/data/0",
      reference_pointer: "/data/0/id",
    },
    // What a person approves rests on how the invoice stands: another refund in between brings it back to them.
    observe: {
      path: "/v1/invoices/{/invoice}",
      pointers: ["/status", "/amount_paid", "/amount_refunded"],
      money_pointers: ["/amount_paid", "/amount_refunded"],
    },
    ledger: {
      path: "/v1/refunds?limit=100",
      time_format: "unix",
      items_pointer: "/data",
      key_pointer: "/metadata/action_key",
      reference_pointer: "/id",
      amount_pointer: "/amount",
      time_pointer: "/created",
      next: { by: "last_item", parameter: "starting_after", pointer: "/id", has_more_pointer: "/has_more" },
    },
  },
};

export const mailbox = (baseUrl: string, secret: string): z.input<typeof CreateConnector> => ({
  key: "mailbox",
  name: "Mailbox",
  kind: "http",
  class: "A",
  config: {
    base_url: baseUrl,
    auth: "bearer",
    timeout_ms: 8000,
    key_ttl_seconds: 30 * 86_400,
    settle_delay_ms: 1000,
    max_attempts: 8,
  },
  secret,
});

const mailConfig = (path: string, status: string): z.input<typeof ActionBody>["config"] => ({
  method: "POST",
  path,
  body_format: "json",
  body: { message_id: { $arg: "/message_id" }, metadata: { action_key: { $key: true } } },
  key_header: "Idempotency-Key",
  success_schema: {
    type: "object",
    required: ["id", "status"],
    properties: { status: { const: status } },
  },
  refusal_statuses: [400, 404, 422],
  reference_pointer: "/id",
  lookup: {
    path: `${path}?action_key={key}`,
    found_pointer: "/data/0",
    reference_pointer: "/data/0/id",
  },
});

export const quarantineAction: z.input<typeof ActionBody> = {
  key: "quarantine",
  name: "Put a message in quarantine",
  config: mailConfig("/v1/quarantine", "quarantined"),
};

/** Undoes a quarantine. The mailbox refuses it for a message that it does not hold any more. */
export const releaseAction: z.input<typeof ActionBody> = {
  key: "release",
  name: "Give a message back to its reader",
  config: mailConfig("/v1/releases", "released"),
};

const text = (description: string, maxLength: number) => ({ type: "string", maxLength, description });

/** Which message it is about. */
const quarantined = {
  subject: { type: "string", title: "Subject", maxLength: 2000 },
  sender: { type: "string", title: "Sender", maxLength: 1000 },
  message_id: { type: "string", title: "Message", minLength: 1, maxLength: 255 },
};

export const messageQuarantine = (actionId: string | null): z.input<typeof CreateDecisionType> => ({
  key: "message.quarantine",
  name: "Quarantine a message",
  description: "Keeps a message away from its reader until somebody asks for it.",
  input_schema: {
    type: "object",
    required: ["from", "subject", "text"],
    properties: {
      from: text("Sender", 1000),
      subject: text("Subject", 2000),
      date: text("When it was sent", 100),
      text: text("Body", 200_000),
    },
  },
  arguments_schema: {
    type: "object",
    required: ["message_id"],
    additionalProperties: false,
    properties: quarantined,
  },
  action_id: actionId,
  queue: { lease_seconds: 600, undo_seconds: 5 },
  reversibility: "reversible",
  // Where nothing is carried out, nothing is to undo.
  compensation: actionId
    ? {
        type: "message.release",
        arguments: {
          message_id: { $arg: "/message_id" },
          subject: { $arg: "/subject" },
          sender: { $arg: "/sender" },
        },
      }
    : null,
  cost_wrong_yes: 500,
  cost_wrong_no: 100,
  currency: "EUR",
  summary_template: "Quarantine “{/subject}” from {/sender}",
  decline_reasons: [
    "wanted by the reader",
    "newsletter they asked for",
    "personal message",
    "cannot tell from the text",
  ],
});

export const messageRelease = (actionId: string): z.input<typeof CreateDecisionType> => ({
  key: "message.release",
  name: "Release a message",
  description: "Gives a message in quarantine back to its reader: how a wrong quarantine is undone.",
  input_schema: { type: "object" },
  arguments_schema: {
    type: "object",
    required: ["message_id"],
    additionalProperties: false,
    properties: quarantined,
  },
  action_id: actionId,
  reversibility: "reversible",
  cost_wrong_yes: 500,
  cost_wrong_no: 100,
  currency: "EUR",
  summary_template: "Release “{/subject}” from {/sender}",
  decline_reasons: ["rightly in quarantine", "cannot tell from the text"],
});

export const senderBlock: z.input<typeof CreateDecisionType> = {
  key: "sender.block",
  name: "Block a sender",
  description: "Tried in shadow: what would happen is recorded, nothing is done.",
  input_schema: { type: "object", required: ["from"] },
  arguments_schema: {
    type: "object",
    required: ["sender"],
    additionalProperties: false,
    properties: { sender: { type: "string", title: "Sender", minLength: 1, maxLength: 1000 } },
  },
  reversibility: "reversible",
  summary_template: "Block every message from {/sender}",
  decline_reasons: ["sender is known", "only this message is bad"],
};

export const refundIssue = (actionId: string): z.input<typeof CreateDecisionType> => ({
  key: "refund.issue",
  name: "Issue a refund",
  description: "Sends money back to a customer through the billing system.",
  input_schema: {
    type: "object",
    required: ["message"],
    properties: {
      channel: text("Where the request came in", 100),
      invoice: text("Invoice it is about", 100),
      message: text("What the customer wrote", 50_000),
    },
  },
  arguments_schema: {
    type: "object",
    required: ["invoice", "amount", "currency"],
    additionalProperties: false,
    properties: {
      invoice: { type: "string", title: "Invoice", minLength: 1, maxLength: 100 },
      amount: { type: "integer", title: "Amount in minor units", minimum: 1, maximum: 10_000_000 },
      currency: { type: "string", title: "Currency", pattern: "^[A-Z]{3}$" },
      reason: {
        type: "string",
        title: "Reason",
        enum: ["duplicate", "fraudulent", "requested_by_customer"],
        default: "requested_by_customer",
      },
    },
  },
  action_id: actionId,
  queue: { lease_seconds: 900, undo_seconds: 5 },
  // A refund that was wrong can be charged again, so one key approves it below the cap.
  reversibility: "compensable",
  cost_wrong_yes: 5000,
  cost_wrong_no: 1500,
  currency: "EUR",
  amount_pointer: "/amount",
  currency_pointer: "/currency",
  summary_template: "Refund {amount} on invoice {/invoice}",
  decline_reasons: ["not entitled", "amount is wrong", "already refunded", "needs proof from the customer"],
});

/** What is dear does not wait behind what is not. */
export const largeRefunds: z.input<typeof CreateQueue> = {
  key: "refunds-large",
  name: "Large refunds",
  description: "Refunds over 250.00: most expected loss per minute first, and nobody holds more than five.",
  rule: "decision.type == 'refund.issue' && has(decision.amount) && decision.amount > 25000",
  order: "expected_loss",
  sla_minutes: { high: 30, medium: 120 },
  load_cap: 5,
};
