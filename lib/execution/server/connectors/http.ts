import type { Agent } from "undici";
import type { HttpAction } from "@/lib/apps/action-config";
import type { HttpConnector } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { JsonValue } from "@/lib/kernel/json";
import { parseJson } from "@/lib/server/read-json";
import { strictSend, type WireAnswer } from "@/lib/server/safe-fetch";
import { classifyAnswer, classifyLookup } from "../../classify-answer";
import type { Answer, Connector, RenderedRequest } from "../../connector";
import { maskRequest } from "../../mask-request";
import { renderLookup, renderRead, renderRequest, RenderError } from "../../render-request";
import { retryAfterMs } from "../../retry-after";

export type HttpDoor = {
  class: ConnectorClass;
  connector: HttpConnector;
  action: HttpAction;
  /** The credential in the clear: a token, or `user:password` for basic. */
  secret: string | null;
  agent: Agent;
};

/** A door to a system that speaks HTTP: one action of it, described by templates (lib/apps/schema.ts). */
export function httpConnector({ connector, action, secret, agent, ...door }: HttpDoor): Connector {
  const isSuccess = successOf(action);
  const { lookup } = action;
  const write = (request: RenderedRequest, mayWrite: () => boolean) =>
    strictSend(agent, {
      ...request,
      headers: { "user-agent": "countersign", ...request.headers, ...credential(connector, secret) },
      timeoutMs: connector.timeout_ms,
      mayWrite,
    }).then(answerOf);
  return {
    class: door.class,
    timeoutMs: connector.timeout_ms,
    keyTtlSeconds: connector.key_ttl_seconds,
    settleDelayMs: connector.settle_delay_ms,
    canLookUp: lookup !== null,
    reportWithinMs: null,
    prepare: (act) => renderRequest(connector.base_url, action, act),
    send: write,
    classify: (answer, { first }) => classifyAnswer(answer, { ...action, isSuccess, first }),
    async lookup(act) {
      const request = renderLookup(connector.base_url, action, act);
      if (!request || !lookup) throw new RenderError("This action has no look-up");
      const answer = await write(request, () => true);
      return { lookedUp: classifyLookup(answer, lookup), request, answer };
    },
    mask: (request) => maskRequest(request, connector.auth),
    async read(path, act) {
      const request = renderRead(connector.base_url, path, act);
      return { request, answer: await write(request, () => true) };
    },
  };
}

function successOf({ success_schema: schema }: HttpAction): (body: JsonValue) => boolean {
  const validate = validatorOf(`text:${canonicalJson(schema)}`, schema);
  return (body) => validate(body, "").length === 0;
}

function credential({ auth }: HttpConnector, secret: string | null): Record<string, string> {
  if (auth === "none") return {};
  if (secret === null) throw new RenderError("The connector has no credential");
  if (auth === "bearer") return { authorization: `Bearer ${secret}` };
  return { authorization: `Basic ${Buffer.from(secret, "utf8").toString("base64")}` };
}

function answerOf(answer: WireAnswer): Answer {
  if (answer.kind !== "response") return answer;
  const { status, text, headers } = answer;
  const asked = retryAfterMs(status, textOf(headers["retry-after"]), sentAt(headers));
  return {
    kind: "response",
    status,
    text,
    body: bodyOf(text),
    ...(asked === null ? {} : { retryAfterMs: asked }),
  };
}

// A date in Retry-After is on the target's clock, which its Date header tells.
function sentAt(headers: Extract<WireAnswer, { kind: "response" }>["headers"]): number {
  const date = Date.parse(textOf(headers.date) ?? "");
  return Number.isNaN(date) ? Date.now() : date;
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

// A body that is not JSON, or that we could not store unchanged, is one we cannot read.
function bodyOf(text: string) {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
