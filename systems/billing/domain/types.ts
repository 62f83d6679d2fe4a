// The objects carry Stripe's field names, on the wire and in the store alike; amounts are integer minor units.

export type Metadata = Record<string, string>;

type LineItem = {
  id: string;
  object: "line_item";
  amount: number;
  currency: string;
  description: string;
  quantity: number;
  period: { start: number; end: number };
  metadata: Metadata;
  livemode: false;
};

export type Customer = {
  id: string;
  object: "customer";
  created: number;
  currency: string;
  email: string;
  name: string;
  livemode: false;
  metadata: Metadata;
};

export type Invoice = {
  id: string;
  object: "invoice";
  number: string;
  status: "open" | "paid";
  currency: string;
  created: number;
  due_date: number;
  description: string | null;
  customer: string;
  customer_name: string;
  customer_email: string;
  billing_reason: "manual";
  collection_method: "charge_automatically";
  subtotal: number;
  total: number;
  amount_due: number;
  amount_paid: number;
  amount_remaining: number;
  /** Not Stripe's: the sum of this invoice's refunds. */
  amount_refunded: number;
  lines: LineItem[];
  status_transitions: { finalized_at: number; paid_at: number | null };
  livemode: false;
  metadata: Metadata;
};

export type Charge = {
  id: string;
  object: "charge";
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  balance_transaction: string;
  captured: true;
  created: number;
  currency: string;
  customer: string;
  description: string | null;
  disputed: false;
  failure_code: null;
  failure_message: null;
  invoice: string;
  livemode: false;
  metadata: Metadata;
  paid: true;
  receipt_email: string;
  refunded: boolean;
  status: "succeeded";
};

export type Refund = {
  id: string;
  object: "refund";
  amount: number;
  balance_transaction: string;
  charge: string;
  created: number;
  currency: string;
  customer: string;
  invoice: string;
  metadata: Metadata;
  reason: RefundReason | null;
  receipt_number: null;
  status: "succeeded";
};

export const refundReasons = ["duplicate", "fraudulent", "requested_by_customer"] as const;
export type RefundReason = (typeof refundReasons)[number];

export type Comment = {
  id: string;
  object: "comment";
  author: string;
  created: number;
  invoice: string;
  metadata: Metadata;
  text: string;
};

export type Transaction = Charge | Refund;
export type LedgerRecord = Transaction | Comment;
type EventType = "charge.succeeded" | "refund.created" | "comment.created";

export type BillingEvent = {
  id: string;
  object: "event";
  api_version: null;
  created: number;
  data: { object: LedgerRecord };
  livemode: false;
  pending_webhooks: 0;
  request: { id: string | null; idempotency_key: string | null };
  type: EventType;
};

/** What a charge still holds: the figures a refund is checked against. */
export type ChargeBalance = { amount: number; amount_refunded: number };

/** The money facts of one invoice, always read and written together. */
export type Ledger = { invoice: Invoice; charges: Record<string, ChargeBalance> };

/** What one accepted write changes: the ledger after it, and the record it adds. */
export type Change = { ledger: Ledger; record: LedgerRecord; eventType: EventType };

/** Ids and the time of a write, drawn before planning so that a retried plan names the same record. */
export type Stamp = { suffix: string; at: number };
