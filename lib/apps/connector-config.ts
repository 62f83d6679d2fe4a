import { z } from "zod";
import { Breaker, HeaderName, HeaderValue, type ConnectorKind } from "./schema";

/** How a request proves who sends it; what it needs beside the secret stands in the member of that name. */
export const authKinds = ["none", "bearer", "basic", "api_key", "hmac", "oauth2"] as const;
export type AuthKind = (typeof authKinds)[number];

const Address = z
  .url({ protocol: /^https?$/, error: "an http:// or https:// address" })
  .max(500)
  .refine(isPlainBase, "an address without user name, query or fragment");

/** The secret as it is, in a header or a query parameter of the target's choosing. */
export const ApiKeyAuth = z.object({
  in: z.enum(["header", "query"]).default("header"),
  name: HeaderName.default("X-API-Key"),
});

export type ApiKeyAuth = z.output<typeof ApiKeyAuth>;

/**
 * A signature over the request, keyed with the secret. `content` is what is signed and `format` what is sent, with
 * {timestamp} (unix seconds), {id} (the action key), {method}, {path} (with its query), {body} and {signature} in
 * them: Standard Webhooks signs `{id}.{timestamp}.{body}` and sends `v1,{signature}`, Stripe signs
 * `{timestamp}.{body}` and sends `t={timestamp},v1={signature}`.
 */
export const HmacAuth = z
  .object({
    algorithm: z.enum(["sha256", "sha512"]).default("sha256"),
    /** How the secret's text becomes the key's bytes; a `whsec_` before it is left off for base64. */
    key_encoding: z.enum(["utf8", "base64", "hex"]).default("utf8"),
    encoding: z.enum(["hex", "base64"]).default("hex"),
    content: z
      .string()
      .max(200)
      .regex(/\{body\}/, "must sign the {body}")
      .default("{timestamp}.{body}"),
    header: HeaderName.default("X-Signature"),
    format: HeaderValue.max(200)
      .regex(/\{signature\}/, "must hold the {signature}")
      .default("t={timestamp},v1={signature}"),
    timestamp_header: HeaderName.nullable().default(null),
    id_header: HeaderName.nullable().default(null),
  })
  .describe(
    "A signature keyed with the secret: {timestamp} (unix seconds), {id} (the action key), {method}, {path} and {body} are filled into content, which is signed; {signature} into format, which is sent. Standard Webhooks: content {id}.{timestamp}.{body}, format v1,{signature}; Stripe: {timestamp}.{body} and t={timestamp},v1={signature}.",
  );
export type HmacAuth = z.output<typeof HmacAuth>;

/** OAuth 2 client credentials: the secret is the client's; tokens are fetched, kept until they lapse, never stored. */
export const OAuth2Auth = z.object({
  token_url: Address,
  client_id: z.string().min(1).max(300),
  scope: z.string().max(500).default(""),
  audience: z.string().max(500).default(""),
  /** Where the client's name and secret go: HTTP Basic, or members of the form. */
  client_auth: z.enum(["basic", "body"]).default("basic"),
});
export type OAuth2Auth = z.output<typeof OAuth2Auth>;

/** What every connector has, whatever it speaks. Rows of old lack the later members: read them with a parse. */
export const connectorBehaviour = {
  /** One request's longest life, milliseconds; must be under a third of the lease. */
  timeout_ms: z.int().min(100).max(30_000).default(10_000),
  /** Class A: how long the target remembers our key, seconds. */
  key_ttl_seconds: z.int().min(60).default(86_400),
  /** Class B: how long after an ambiguous send a look-up may be believed, milliseconds. */
  settle_delay_ms: z.int().min(0).max(3_600_000).default(5_000),
  max_attempts: z.int().min(1).max(50).default(8),
  /** Sends under way at once, over all workers; null: as many as the workers have places. */
  concurrency: z.int().min(1).max(1000).nullable().default(null),
  /** Sends a second, over all workers; null: no limit. */
  rate_per_second: z.number().min(0.01).max(1000).nullable().default(null),
  breaker: Breaker.nullable().default(null),
};

const httpAuth = {
  auth: z.enum(authKinds).default("none"),
  api_key: ApiKeyAuth.nullable().default(null),
  hmac: HmacAuth.nullable().default(null),
  oauth2: OAuth2Auth.nullable().default(null),
};

/** Where an HTTP connector points and how it behaves; the credential is kept apart, encrypted. */
export const HttpConnector = z.object({
  kind: z.literal("http").default("http"),
  base_url: Address,
  ...httpAuth,
  ...connectorBehaviour,
});
export type HttpConnector = z.output<typeof HttpConnector>;

/** A system that takes signed messages (Standard Webhooks; the secret signs them) and may report back on a callback. */
export const WebhookConnector = z.object({
  kind: z.literal("webhook"),
  base_url: Address,
  ...connectorBehaviour,
});
export type WebhookConnector = z.output<typeof WebhookConnector>;

/** A remote MCP server, spoken to over streamable HTTP at `base_url`. */
export const McpConnector = z.object({
  kind: z.literal("mcp"),
  base_url: Address,
  ...httpAuth,
  ...connectorBehaviour,
});
export type McpConnector = z.output<typeof McpConnector>;

const MailAddress = z.email("an e-mail address").max(320);

/** A mail server that takes messages over SMTP; the secret is the password. */
export const EmailConnector = z.object({
  kind: z.literal("email"),
  host: z
    .string()
    .max(253)
    .regex(/^(?=.*[a-zA-Z0-9])[a-zA-Z0-9.:_-]+$/, "a host name"),
  port: z.int().min(1).max(65_535).default(587),
  /** `implicit`: TLS from the first byte (465); `starttls`: required before anything is said; `none`: only to hosts that are allowed to be private. */
  tls: z.enum(["implicit", "starttls", "none"]).default("starttls"),
  /** Empty: no sign-in. */
  username: z.string().max(300).default(""),
  from: MailAddress,
  from_name: z
    .string()
    .max(100)
    .regex(/^[^\r\n]*$/, "one line")
    .default(""),
  ...connectorBehaviour,
});
export type EmailConnector = z.output<typeof EmailConnector>;

/** Any connector's configuration; one that does not say its kind is HTTP. */
export const ConnectorConfig = z.discriminatedUnion("kind", [
  HttpConnector,
  WebhookConnector,
  McpConnector,
  EmailConnector,
]);
export type ConnectorConfig = z.output<typeof ConnectorConfig>;

/** A configuration as a row may hold it: members that came later are missing in older ones. Parse it to read it. */
export type StoredConnectorConfig = z.input<typeof ConnectorConfig>;

/** A connector row's configuration, complete: what an older row lacks has its default. */
export function connectorConfigOf(row: { kind: ConnectorKind; config: object }): ConnectorConfig {
  return ConnectorConfig.parse({ ...row.config, kind: row.kind });
}

// A credential belongs to the secret, which is encrypted and never shown.
function isPlainBase(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, search, hash } = new URL(address);
  return username + password + search + hash === "";
}
