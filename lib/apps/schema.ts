import { z } from "zod";

export const autonomyLevels = ["shadow", "review_all", "auto"] as const;
export type AutonomyLevel = (typeof autonomyLevels)[number];

/** What a queue gives out first: what is due next, what may cost most per minute of a person, what waits longest. */
export const queueOrders = ["sla", "expected_loss", "oldest"] as const;
export type QueueOrder = (typeof queueOrders)[number];

/** Minutes until a review is due, by severity. */
export type SeverityMinutes = { low?: number; medium?: number; high?: number };

/** What happens when nobody ruled in time. Time never approves. */
export const timeoutActions = ["decline", "escalate", "hold"] as const;
export type TimeoutAction = (typeof timeoutActions)[number];

/** What it takes to undo the action once it has run. */
export const reversibilities = ["reversible", "compensable", "irreversible"] as const;
export type Reversibility = (typeof reversibilities)[number];

/** What became of more autonomy that somebody asked for. */
export const raiseStatuses = ["open", "signed", "declined", "withdrawn", "lapsed"] as const;

export const stopScopes = ["global", "app", "type", "connector"] as const;
export type StopScope = (typeof stopScopes)[number];

/** What the target system offers: A dedupes our key, B can be looked up, C neither. */
export const connectorClasses = ["A", "B", "C"] as const;
export type ConnectorClass = (typeof connectorClasses)[number];

export const connectorKinds = ["http", "webhook", "mcp", "email"] as const;
export type ConnectorKind = (typeof connectorKinds)[number];

/** What a budget counts over. `subject`: each subject of one app apart. */
export const budgetScopes = ["app", "connector", "type", "subject"] as const;
export type BudgetScope = (typeof budgetScopes)[number];
export const budgetPeriods = ["hour", "day"] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

export const certificationStatuses = ["running", "passed", "failed"] as const;

/** An RFC 6901 JSON Pointer: empty, or `/part/part` with `~0` for `~` and `~1` for `/`. */
export const Pointer = z
  .string()
  .max(500)
  .regex(/^(?:\/(?:[^~/]|~[01])*)*$/, "a JSON Pointer such as /amount");

// The client, the connector's secret and the action key own these; a second one would contradict the first.
const ownHeaders =
  /^(authorization|proxy-.*|cookie|host|connection|content-length|transfer-encoding|te|upgrade|expect)$/i;
export const HeaderName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "a header name")
  .refine(
    (name) => !ownHeaders.test(name),
    "is set by the connector itself; a credential goes into the secret",
  );
export const HeaderValue = z
  .string()
  .max(1000)
  .regex(/^[\t\x20-\x7e]*$/, "printable ASCII");

const Share = z.number().min(0).max(1);

/** When a connector stops itself: over the window, once there were enough sends. Shares from 0 to 1. */
export const Breaker = z.object({
  window_minutes: z.int().min(1).max(1440).default(10),
  min_sends: z.int().min(1).max(100_000).default(20),
  max_failed: Share.default(0.5),
  max_unknown: Share.default(0.2),
});
export type Breaker = z.output<typeof Breaker>;

/** How an act's world is read before it is approved and before it is sent: a GET under the base URL. */
export const Observe = z.object({
  /** `{/pointer}` is a percent-encoded argument. */
  path: z.string().min(1).max(500),
  /** What of the answer is compared; none: all of it. */
  pointers: z.array(Pointer).max(50).default([]),
  /** Those of them that are amounts, in minor units of the decision's own currency: people read them as money. */
  money_pointers: z.array(Pointer).max(50).default([]),
});
export type Observe = z.output<typeof Observe>;

/** How the next page of a ledger is asked for. */
const LedgerNext = z.discriminatedUnion("by", [
  /** A parameter takes a value of the last item (Stripe: starting_after, /id) while `has_more_pointer` is true. */
  z.object({
    by: z.literal("last_item"),
    parameter: z.string().min(1).max(100),
    pointer: Pointer,
    has_more_pointer: Pointer,
  }),
  /** A parameter takes what stands at the pointer, while something does. */
  z.object({ by: z.literal("cursor"), parameter: z.string().min(1).max(100), pointer: Pointer }),
  /** The next address under the base URL stands at the pointer. */
  z.object({ by: z.literal("url"), pointer: Pointer }),
]);

/** How the target's own list of what it did is read, for the comparison with ours: a GET under the base URL. */
export const Ledger = z.object({
  /** With {from} and {to}: the stretch of time, as `time_format` says. */
  path: z.string().min(1).max(500),
  time_format: z.enum(["rfc3339", "unix"]).default("rfc3339"),
  items_pointer: Pointer,
  /** In each item: our action key, the target's own reference, and the amount in minor units. */
  key_pointer: Pointer,
  reference_pointer: Pointer,
  amount_pointer: Pointer.nullable().default(null),
  /**
   * When it happened, RFC 3339 or unix seconds. For a list that cannot be asked for a stretch of time: what lies outside
   * is left out, and a list that runs newest first is read no further than its beginning.
   */
  time_pointer: Pointer.nullable().default(null),
  next: LedgerNext.nullable().default(null),
});
export type Ledger = z.output<typeof Ledger>;

/**
 * How an action is undone: a decision of another type (by key), its arguments from a template over the first one's:
 * `{ "$arg": "/pointer" }`, `{ "$reference": true }` (the target's own name for what happened), `{ "$result": "/pointer" }`.
 */
export const Compensation = z.strictObject({
  type: z.string().min(1).max(100),
  arguments: z.record(z.string(), z.json()),
});
export type Compensation = z.output<typeof Compensation>;

/** A way to tell a type's decisions apart, so that a pooled figure cannot hide that one group fares worse. */
export const Segment = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "use lower case letters, digits and _"),
  name: z.string().trim().min(1).max(80),
  pointer: z
    .string()
    .max(200)
    .regex(/^\/.+$/, "an RFC 6901 pointer into the input, such as /customer/region"),
});
export type Segment = z.output<typeof Segment>;
