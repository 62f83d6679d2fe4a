import { formText } from "@/components/identity/form-text";
import type { AuthKind, StoredConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorKind } from "@/lib/apps/schema";

/** The configuration a connector's form describes; the server parses it by the contract and names what is wrong. */
export function connectorConfigFrom(form: FormData, kind: ConnectorKind): StoredConnectorConfig {
  const behaviour = behaviourFrom(form);
  if (kind === "email") return { kind, ...emailFrom(form), ...behaviour };
  const base_url = text(form, "base_url");
  if (kind === "webhook") return { kind, base_url, ...behaviour };
  return { kind, base_url, ...authFrom(form), ...behaviour };
}

function behaviourFrom(form: FormData) {
  return {
    timeout_ms: number(form, "timeout_ms") ?? 10_000,
    max_attempts: number(form, "max_attempts") ?? 8,
    ...some("key_ttl_seconds", number(form, "key_ttl_seconds")),
    ...some("settle_delay_ms", number(form, "settle_delay_ms")),
    concurrency: number(form, "concurrency") ?? null,
    rate_per_second: number(form, "rate_per_second") ?? null,
    breaker: form.get("breaker") === "on" ? breakerFrom(form) : null,
  };
}

function breakerFrom(form: FormData) {
  return {
    window_minutes: number(form, "breaker_window") ?? 10,
    min_sends: number(form, "breaker_sends") ?? 20,
    max_failed: (number(form, "breaker_failed") ?? 50) / 100,
    max_unknown: (number(form, "breaker_unknown") ?? 20) / 100,
  };
}

// The selects offer these values and no other; the server checks them again.
function authFrom(form: FormData) {
  const auth = text(form, "auth") as AuthKind;
  return {
    auth,
    api_key:
      auth === "api_key"
        ? { in: text(form, "api_key_in") as "header" | "query", name: text(form, "api_key_name") }
        : null,
    hmac: auth === "hmac" ? hmacFrom(form) : null,
    oauth2:
      auth === "oauth2"
        ? {
            token_url: text(form, "token_url"),
            client_id: text(form, "client_id"),
            scope: text(form, "scope"),
            audience: text(form, "audience"),
            client_auth: text(form, "client_auth") as "basic" | "body",
          }
        : null,
  };
}

function hmacFrom(form: FormData) {
  return {
    algorithm: text(form, "hmac_algorithm") as "sha256" | "sha512",
    key_encoding: text(form, "hmac_key_encoding") as "utf8" | "base64" | "hex",
    encoding: text(form, "hmac_encoding") as "hex" | "base64",
    content: text(form, "hmac_content"),
    header: text(form, "hmac_header"),
    format: text(form, "hmac_format"),
    timestamp_header: text(form, "hmac_timestamp_header") || null,
    id_header: text(form, "hmac_id_header") || null,
  };
}

function emailFrom(form: FormData) {
  return {
    host: text(form, "host"),
    port: number(form, "port") ?? 587,
    tls: text(form, "tls") as "implicit" | "starttls" | "none",
    username: text(form, "username"),
    from: text(form, "from"),
    from_name: text(form, "from_name"),
  };
}

function text(form: FormData, name: string): string {
  return formText(form, name).trim();
}

/** Undefined where the field is empty or not there; what is no number is NaN, which the server refuses. */
function number(form: FormData, name: string): number | undefined {
  const written = text(form, name);
  return written === "" ? undefined : Number(written);
}

function some<K extends string>(name: K, value: number | undefined): { [key in K]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]?: number });
}
