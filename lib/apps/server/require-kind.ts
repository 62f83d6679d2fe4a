import { DomainError } from "@/lib/kernel/errors";
import { webhookKey } from "@/lib/server/standard-webhooks";
import type { ActionConfig } from "../action-config";
import type { ConnectorConfig } from "../connector-config";
import { sendsKey } from "../sends-key";
import type { ConnectorClass, ConnectorKind } from "../schema";

type Door = { class: ConnectorClass; config: ConnectorConfig; secret: string | null | undefined };

/** Refuses a connector that says of itself what its kind cannot be. */
export function requireDoor({ class: connectorClass, config, secret }: Door): void {
  if (config.kind === "email" && connectorClass !== "C") {
    throw invalid(
      "/class",
      "A mail server neither recognises a repeated message nor says what became of it",
      "Choose C.",
    );
  }
  if (config.kind === "webhook" && typeof secret === "string" && !isWebhookSecret(secret)) {
    throw invalid("/secret", "is not a signing secret", "Use whsec_ and 24 to 64 bytes in base64.");
  }
  if ("auth" in config && config.auth === "oauth2" && config.oauth2 === null) {
    throw invalid("/config/oauth2", "is missing", "Say where tokens come from, and for which client.");
  }
}

/** Refuses a configuration of another kind than the connector is of: its kind stays. */
export function requireSameKind(
  kind: ConnectorKind,
  config: ConnectorConfig | ActionConfig | undefined,
): void {
  if (config === undefined || config.kind === kind) return;
  throw invalid("/config/kind", `is ${config.kind}, and this connector is ${kind}`, `Use ${kind}.`);
}

/** Refuses an action that sends our key nowhere to a system that is said to recognise it: repeats would act again. */
export function requireKeySent(
  door: { class: ConnectorClass; config: ConnectorConfig },
  action: { config: ActionConfig; name?: string },
): void {
  if (door.class !== "A" || sendsKey(door.config, action.config)) return;
  const fix = 'Name the header that carries it, put { "$key": true } into the body, or choose class B or C.';
  if (action.name === undefined) {
    throw invalid("/config/key_header", "Class A recognises our key, and this action sends it nowhere", fix);
  }
  throw invalid("/class", `Class A recognises our key, and the action ${action.name} sends it nowhere`, fix);
}

const unread = {
  mcp: "A tool server has no address that its state could be read from",
  email: "A mail server has no state that could be read",
} as const;

/** Refuses an action that claims to read what its kind of system never shows. */
export function requireReadable(config: ActionConfig): void {
  if (config.kind !== "mcp" && config.kind !== "email") return;
  for (const member of ["observe", "ledger"] as const) {
    if (config[member] !== null) throw invalid(`/config/${member}`, unread[config.kind], "Leave it out.");
  }
}

function isWebhookSecret(secret: string): boolean {
  const { length } = webhookKey(secret);
  return /^(?:whsec_)?[A-Za-z0-9+/]+={0,2}$/.test(secret) && length >= 24 && length <= 64;
}

function invalid(pointer: string, message: string, fix: string): DomainError {
  return new DomainError("invalid", `${pointer}: ${message}`, {
    code: "validation_failed",
    errors: [{ pointer, code: "not_of_this_kind", message, fix }],
  });
}
