import type { Citation, ContextItem } from "@/lib/decisions/schema";

/** A generated customer request about one invoice, and what an invented support model makes of it. */
export type RefundRequest = {
  id: string;
  invoice: string;
  customer: string;
  message: string;
  amount: number;
  currency: string;
  reason: "duplicate" | "requested_by_customer" | "fraudulent";
  confidence: number;
  rationale: string;
  /** What the invented app looked up before it proposed. */
  context: ContextItem[];
  citations: Citation[];
  /** Whether the invented policy entitles the customer: known to the generator, told later as an outcome. */
  entitled: boolean;
};

export type InvoiceFacts = { number: string; customer: string; paid: number; currency: string };

type Story = {
  reason: RefundRequest["reason"];
  /** Share of the paid amount that is asked for. */
  share: number;
  /** How often such a request is justified. */
  entitled: number;
  /** Confidence of the model when the request is, and is not, justified. */
  confidence: { entitled: number; not: number };
  words: (facts: InvoiceFacts) => string;
  rationale: string;
  /** The rule of the invented policy that it rests on. */
  rule: string;
};

const policy = [
  "A duplicate payment of the same invoice is refunded in full.",
  "Seats cancelled before a renewal are refunded pro rata.",
  "A workshop that was rescheduled may be refunded in part, at the desk's discretion.",
  "A subscription is refunded within 30 days of its payment; after that only as goodwill.",
  "A charge that the card's owner disputes is refunded once the card statement shows it.",
] as const;

const stories: readonly Story[] = [
  {
    reason: "duplicate",
    share: 1,
    entitled: 0.97,
    confidence: { entitled: 0.985, not: 0.95 },
    words: (facts) =>
      `Hello, invoice ${facts.number} was taken from our account twice this month. Please send one of the two payments back.`,
    rationale:
      "The customer names a double charge of the same amount on the same invoice; the policy refunds duplicates in full.",
    rule: policy[0],
  },
  {
    reason: "requested_by_customer",
    share: 0.25,
    entitled: 0.9,
    confidence: { entitled: 0.93, not: 0.86 },
    words: (facts) =>
      `We cancelled two seats before the renewal, but ${facts.number} still bills for all of them. Could you refund the difference?`,
    rationale:
      "Seats cancelled before the renewal are refunded pro rata; the request is a quarter of the invoice.",
    rule: policy[1],
  },
  {
    reason: "requested_by_customer",
    share: 0.5,
    entitled: 0.6,
    confidence: { entitled: 0.8, not: 0.72 },
    words: (facts) =>
      `The workshop on ${facts.number} was moved three times and half of our team could not come. We think half the price is fair.`,
    rationale: "Rescheduling is named in the policy, but a share for people who could not attend is not.",
    rule: policy[2],
  },
  {
    reason: "requested_by_customer",
    share: 1,
    entitled: 0.2,
    confidence: { entitled: 0.66, not: 0.58 },
    words: (facts) =>
      `We have used the product for five months and it is not what we hoped. Please refund ${facts.number} in full.`,
    rationale: "The refund window of 30 days has passed; goodwill may apply.",
    rule: policy[3],
  },
  {
    reason: "fraudulent",
    share: 1,
    entitled: 0.75,
    confidence: { entitled: 0.9, not: 0.88 },
    words: (facts) =>
      `Nobody at our company ordered what is on ${facts.number}. Our card was used without permission; please return the money today.`,
    rationale: "The customer disputes the order itself; the card statement was not attached.",
    rule: policy[4],
  },
];

/** The `index`-th generated request: always the same for the same invoices. */
export function generateRequest(index: number, invoices: readonly InvoiceFacts[]): RefundRequest | undefined {
  const draw = randomFrom(index * 7919 + 17);
  const facts = invoices[Math.floor(draw() * invoices.length)];
  const story = stories[Math.floor(draw() * stories.length)];
  if (!facts || !story) return undefined;
  const entitled = draw() < story.entitled;
  const centre = entitled ? story.confidence.entitled : story.confidence.not;
  const confidence = Math.min(0.995, Math.max(0.3, centre + (draw() - 0.5) * 0.08));
  return {
    id: `refund-request-${String(index).padStart(6, "0")}`,
    invoice: facts.number,
    customer: facts.customer,
    message: story.words(facts),
    amount: Math.max(1, Math.round(facts.paid * story.share)),
    currency: facts.currency.toUpperCase(),
    reason: story.reason,
    confidence: Math.round(confidence * 1000) / 1000,
    rationale: story.rationale,
    context: contextOf(facts, story),
    citations: [{ context_id: "policy", quote: story.rule }, { context_id: "payments" }],
    entitled,
  };
}

/** The invoice's payments as a table, and the policy as a text that the rationale quotes. */
function contextOf(facts: InvoiceFacts, story: Story): ContextItem[] {
  const paid = { amount: facts.paid, currency: facts.currency.toUpperCase() };
  const times = story.reason === "duplicate" ? 2 : 1;
  const payments = Array.from({ length: times }, (_, at) => ({
    payment: `${facts.number}-${at + 1}`,
    paid,
    method: "card",
    status: "succeeded",
  }));
  return [
    {
      id: "payments",
      kind: "payments",
      title: `Payments of ${facts.number}`,
      source: "billing",
      data: payments,
    },
    { id: "policy", kind: "policy", title: "Refund policy", source: "help centre", text: policy.join("\n") },
  ];
}

/** mulberry32: a small seeded generator, so that the demo tells the same story on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
