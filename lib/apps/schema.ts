import { z } from "zod";
import type { JsonValue } from "@/lib/kernel/json";
import { JsonSchema } from "@/lib/kernel/json-schema";

export const autonomyLevels = ["shadow", "review_all", "auto"] as const;
export type AutonomyLevel = (typeof autonomyLevels)[number];

/** What happens when nobody ruled in time. Time never approves. */
export const timeoutActions = ["decline", "escalate", "hold"] as const;
export type TimeoutAction = (typeof timeoutActions)[number];

/** What it takes to undo the action once it has run. */
export const reversibilities = ["reversible", "compensable", "irreversible"] as const;
export type Reversibility = (typeof reversibilities)[number];

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

/** Where an HTTP connector points and how it behaves; the credential is kept apart, encrypted. */
export const HttpConnector = z.object({
  base_url: z
    .url({ protocol: /^https?$/, error: "an http:// or https:// address" })
    .max(500)
    .refine(isPlainBase, "an address without user name, query or fragment"),
  auth: z.enum(["none", "bearer", "basic"]).default("none"),
  /** One request's longest life, milliseconds; must be under a third of the lease. */
  timeout_ms: z.int().min(100).max(30_000).default(10_000),
  /** Class A: how long the target remembers our key, seconds. */
  key_ttl_seconds: z.int().min(60).default(86_400),
  /** Class B: how long after an ambiguous send a look-up may be believed, milliseconds. */
  settle_delay_ms: z.int().min(0).max(3_600_000).default(5_000),
  max_attempts: z.int().min(1).max(50).default(8),
});
export type HttpConnector = z.output<typeof HttpConnector>;

// A credential belongs to the secret, which is encrypted and never shown.
function isPlainBase(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, search, hash } = new URL(address);
  return username + password + search + hash === "";
}

/** An RFC 6901 JSON Pointer: empty, or `/part/part` with `~0` for `~` and `~1` for `/`. */
export const Pointer = z
  .string()
  .max(500)
  .regex(/^(?:\/(?:[^~/]|~[01])*)*$/, "a JSON Pointer such as /amount");

/** A value of a template: a literal, or `{ "$arg": "/pointer" }` for a validated argument, `{ "$key": true }` for the action key. */
const TemplateValue: z.ZodType<JsonValue> = z.json();

// The client, the connector's secret and the action key own these; a second one would contradict the first.
const ownHeaders =
  /^(authorization|proxy-.*|cookie|host|connection|content-length|transfer-encoding|te|upgrade|expect)$/i;
const HeaderName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "a header name")
  .refine(
    (name) => !ownHeaders.test(name),
    "is set by the connector itself; a credential goes into the secret",
  );
const HeaderValue = z
  .string()
  .max(1000)
  .regex(/^[\t\x20-\x7e]*$/, "printable ASCII");

/** How one action becomes a request, and how its answer is read. */
export const HttpAction = z.object({
  method: z.enum(["POST", "PUT", "PATCH", "DELETE"]),
  /** Path under the base URL; `{/pointer}` is a percent-encoded argument. */
  path: z
    .string()
    .regex(/^\/[^?#]*$/)
    .max(500),
  headers: z.record(HeaderName, HeaderValue).default({}),
  body: TemplateValue.nullable().default(null),
  body_format: z.enum(["json", "form"]).default("json"),
  /** The header that carries the action key; null where the target knows none. */
  key_header: HeaderName.nullable().default("Idempotency-Key"),
  /** JSON Schema the body of a 2xx must meet to count as success; anything else is ambiguous. */
  success_schema: JsonSchema.default({}),
  /** Statuses that say for certain that nothing happened (on a first attempt). */
  refusal_statuses: z.array(z.int().min(400).max(499)).default([400, 402, 403, 404, 422]),
  /** Where the target's own reference stands in its answer. */
  reference_pointer: Pointer.default("/id"),
  /** How to ask whether an act took effect: the list at `found_pointer` is non-empty, or the value exists. */
  lookup: z
    .object({ path: z.string().max(500), found_pointer: Pointer, reference_pointer: Pointer })
    .nullable()
    .default(null),
});
export type HttpAction = z.output<typeof HttpAction>;

/**
 * How an action is undone: a decision of another type (by key), its arguments from a template over the first one's:
 * `{ "$arg": "/pointer" }`, `{ "$reference": true }` (the target's own name for what happened), `{ "$result": "/pointer" }`.
 */
export const Compensation = z.strictObject({
  type: z.string().min(1).max(100),
  arguments: z.record(z.string(), z.json()),
});
export type Compensation = z.output<typeof Compensation>;
