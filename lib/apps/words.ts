import type { AuthKind, ConnectorConfig } from "./connector-config";
import type { AutonomyLevel, ConnectorClass, ConnectorKind, Reversibility, TimeoutAction } from "./schema";

/*
 * Plain words for what an admin sets. Types only: this file reaches the browser without the contracts behind it.
 */

export const levelWords: Record<AutonomyLevel, { name: string; sentence: string }> = {
  shadow: {
    name: "Shadow",
    sentence: "Nothing is done and nobody is asked; what would have happened is recorded.",
  },
  review_all: { name: "Review all", sentence: "A person decides every proposal." },
  auto: { name: "Auto", sentence: "Confident proposals run alone; a person decides the rest." },
};

export const timeoutWords: Record<TimeoutAction, { name: string; sentence: string }> = {
  decline: { name: "Decline", sentence: "it is declined" },
  escalate: { name: "Escalate", sentence: "it is escalated and stays open" },
  hold: { name: "Keep waiting", sentence: "it keeps waiting" },
};

export const reversibilityWords: Record<Reversibility, { name: string; sentence: string }> = {
  reversible: { name: "Reversible", sentence: "It can be undone as if it had not happened." },
  compensable: { name: "Compensable", sentence: "Another action can make up for it." },
  irreversible: { name: "Irreversible", sentence: "It cannot be undone." },
};

export const classWords: Record<ConnectorClass, { name: string; sentence: string }> = {
  A: {
    name: "Recognises repeats",
    sentence:
      "This system remembers our key and acts once however often it is asked; an unanswered call is simply repeated.",
  },
  B: {
    name: "Can be looked up",
    sentence:
      "This system can tell us whether it acted; an unanswered call is looked up before it is repeated.",
  },
  C: {
    name: "Neither",
    sentence: "This system cannot tell us whether it acted; an unanswered call will need a person.",
  },
};

export const kindWords: Record<ConnectorKind, { name: string; sentence: string }> = {
  http: { name: "HTTP API", sentence: "Each action is a request; an OpenAPI document can bring them." },
  webhook: {
    name: "Webhook",
    sentence: "Signed messages (Standard Webhooks); the system may report back what came of them.",
  },
  mcp: { name: "MCP server", sentence: "Each action is one of the server's tools." },
  email: { name: "E-mail", sentence: "Each action is a message, handed to a mail server." },
};

export const authWords: Record<AuthKind, string> = {
  none: "None",
  bearer: "Bearer token",
  basic: "User name and password",
  api_key: "API key",
  hmac: "Signature (HMAC)",
  oauth2: "OAuth 2 client credentials",
};

/** Where a connector points, as one line of text. */
export function addressOf(config: ConnectorConfig): string {
  if (config.kind !== "email") return config.base_url;
  return `${config.tls === "implicit" ? "smtps" : "smtp"}://${config.host}:${config.port}`;
}

/** What a form about autonomy says so far; null where it is empty or not a number. */
export type AutonomyDraft = {
  level: AutonomyLevel;
  threshold: number | null;
  declineThreshold: number | null;
  auditRate: number | null;
  /** Already written as money, such as "€150.00"; null: no cap. */
  cap: string | null;
  slaMinutes: number | null;
  onTimeout: TimeoutAction;
};

/** What these settings mean, in sentences a person can hold somebody to. */
export function autonomySentences(draft: AutonomyDraft): string[] {
  if (draft.level === "shadow") return [levelWords.shadow.sentence];
  return [...ownDecisions(draft), ...waiting(draft)];
}

function ownDecisions({ level, threshold, declineThreshold, auditRate, cap }: AutonomyDraft): string[] {
  if (level === "review_all") return [levelWords.review_all.sentence];
  if (threshold === null) return ["Say from which confidence proposals may run alone."];
  const said = [`Proposals with confidence ${threshold} or more run alone; ${audited(auditRate)}.`];
  if (cap !== null) said.push(`Above ${cap} a person always decides.`);
  said.push(
    declineThreshold === null
      ? "Proposals to leave things as they are always go to a person."
      : `Proposals to leave things as they are stand alone from confidence ${declineThreshold}.`,
  );
  return said;
}

function audited(rate: number | null): string {
  if (rate === null) return "say how many of them are audited";
  if (rate === 0) return "none of them is audited, so nobody will learn how often they are wrong";
  if (rate === 1) return "every one of them is audited afterwards";
  return `${percent(rate)} of them are audited`;
}

function waiting({ slaMinutes, onTimeout }: AutonomyDraft): string[] {
  if (slaMinutes === null || slaMinutes <= 0) return [];
  return [
    `If nobody rules within ${stretch(slaMinutes)}, ${timeoutWords[onTimeout].sentence}; time never approves.`,
  ];
}

/** `0.1` → `10 %`, without the noise of floating point. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

function stretch(minutes: number): string {
  const [unit, count] =
    minutes % 1440 === 0
      ? ["day", minutes / 1440]
      : minutes % 60 === 0
        ? ["hour", minutes / 60]
        : ["minute", minutes];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Who turned a kill switch: a person by name, or the connector's own breaker. */
export function stopperOf(stop: { changed_by: string | null; changed_by_name: string | null }): string {
  return stop.changed_by === "system:breaker" ? "Its breaker" : (stop.changed_by_name ?? "Somebody");
}
