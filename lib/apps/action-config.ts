import { z } from "zod";
import type { JsonValue } from "@/lib/kernel/json";
import { JsonSchema } from "@/lib/kernel/json-schema";
import { HeaderName, HeaderValue, Ledger, Observe, Pointer } from "./schema";

/** A value of a template: a literal, or `{ "$arg": "/pointer" }` for a validated argument, `{ "$key": true }` for the action key. */
const TemplateValue: z.ZodType<JsonValue> = z.json();

/** What every action has, whatever its connector speaks. Rows of old lack the later members: read them with a parse. */
export const actionBehaviour = {
  /** How long an approved act waits before it is sent, so that it can be taken back; seconds. */
  hold_seconds: z.int().min(0).max(86_400).default(0),
  observe: Observe.nullable().default(null),
  ledger: Ledger.nullable().default(null),
  /** An accepted message is not yet done: the target says on the signed callback what came of it. */
  reports_back: z.boolean().default(false),
  /** When no report came within this, a person looks. */
  report_within_seconds: z.int().min(1).max(2_592_000).default(3600),
  /** Above it, or in another currency, nothing is sent: a person is asked again. Minor units of the decision type's currency. */
  max_amount: z.int().min(0).nullable().default(null),
  /** What a decision type's arguments should look like, where the target says so itself: a suggestion. */
  arguments_schema: JsonSchema.nullable().default(null),
};

const reading = {
  /** JSON Schema the body of a 2xx must meet to count as success; anything else is ambiguous. */
  success_schema: JsonSchema.default({}),
  /** Where the target's own reference stands in its answer. */
  reference_pointer: Pointer.default("/id"),
};

const Headers = z.record(HeaderName, HeaderValue).default({});
const Path = z
  .string()
  .max(500)
  .regex(/^\/[^?#]*$/, "a path such as /v1/refunds");
const refusalStatuses = z.array(z.int().min(400).max(499)).default([400, 402, 403, 404, 422]);
const lookup = z
  .object({ path: z.string().max(500), found_pointer: Pointer, reference_pointer: Pointer })
  .nullable()
  .default(null);

/** How one action becomes a request, and how its answer is read. */
export const HttpAction = z.object({
  kind: z.literal("http").default("http"),
  method: z.enum(["POST", "PUT", "PATCH", "DELETE"]),
  /** Path under the base URL; `{/pointer}` is a percent-encoded argument. */
  path: Path,
  /** Query parameters, each a template; one whose argument was not given is left out, a list is repeated. */
  query: z.record(z.string().min(1).max(100), TemplateValue).default({}),
  headers: Headers,
  /** Headers whose value is a template over the arguments. */
  argument_headers: z.record(HeaderName, TemplateValue).default({}),
  body: TemplateValue.nullable().default(null),
  body_format: z.enum(["json", "form"]).default("json"),
  /** The header that carries the action key; null where the target knows none. */
  key_header: HeaderName.nullable().default("Idempotency-Key"),
  ...reading,
  /** Statuses that say for certain that nothing happened (on a first attempt). */
  refusal_statuses: refusalStatuses,
  /** How to ask whether an act took effect: the list at `found_pointer` is non-empty, or the value exists. */
  lookup,
  ...actionBehaviour,
});
export type HttpAction = z.output<typeof HttpAction>;

/** One kind of signed message. `webhook-id` is the action key, the same on every attempt. */
export const WebhookAction = z.object({
  kind: z.literal("webhook"),
  /** Path under the base URL; `{/pointer}` is a percent-encoded argument. Empty: the base URL itself. */
  path: z.union([z.literal(""), Path]).default(""),
  /** The message's `type`. */
  event: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/, "words joined by dots, such as refund.requested"),
  headers: Headers,
  /** The message's `data`; by default the action key and every argument. */
  data: TemplateValue.default({ action_key: { $key: true }, arguments: { $arg: "" } }),
  ...reading,
  refusal_statuses: refusalStatuses,
  lookup,
  ...actionBehaviour,
});
export type WebhookAction = z.output<typeof WebhookAction>;

/** A call of one of the server's tools. The action key travels in `_meta`, and wherever the template puts it. */
export const McpAction = z.object({
  kind: z.literal("mcp"),
  tool: z.string().min(1).max(200),
  /** The tool's arguments; by default the decision's, as they are. */
  arguments: TemplateValue.default({ $arg: "" }),
  /** The tool says so when it fails, and then nothing has happened; otherwise `isError` leaves its fate open. */
  error_means_nothing_happened: z.boolean().default(false),
  ...reading,
  /** A tool that says whether an act took effect: as an HTTP look-up, over the tool's structured answer. */
  lookup: z
    .object({
      tool: z.string().min(1).max(200),
      arguments: TemplateValue,
      found_pointer: Pointer,
      reference_pointer: Pointer,
    })
    .nullable()
    .default(null),
  ...actionBehaviour,
});
export type McpAction = z.output<typeof McpAction>;

/** Text with `{/pointer}` (an argument) and `{key}` (the action key) in it. */
const TextTemplate = z.string().max(20_000);
const LineTemplate = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\r\n]*$/, "one line");

/** One message by e-mail; its Message-ID is made of the action key. */
export const EmailAction = z.object({
  kind: z.literal("email"),
  to: LineTemplate,
  cc: LineTemplate.nullable().default(null),
  reply_to: LineTemplate.nullable().default(null),
  subject: LineTemplate,
  text: TextTemplate.min(1),
  ...actionBehaviour,
});
export type EmailAction = z.output<typeof EmailAction>;

/** Any action's configuration; one that does not say its kind is HTTP. */
export const ActionConfig = z.discriminatedUnion("kind", [HttpAction, WebhookAction, McpAction, EmailAction]);
export type ActionConfig = z.output<typeof ActionConfig>;

/** A configuration as a row may hold it: members that came later are missing in older ones. Parse it to read it. */
export type StoredActionConfig = z.input<typeof ActionConfig>;

/** An action row's configuration, complete: what an older row lacks has its default. */
export function actionConfigOf(config: StoredActionConfig): ActionConfig {
  return ActionConfig.parse(config);
}

/** True when the target can be asked whether this action took effect. */
export function hasLookup(config: StoredActionConfig): boolean {
  return "lookup" in config && config.lookup != null;
}
