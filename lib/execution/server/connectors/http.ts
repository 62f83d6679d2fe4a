import type { Agent } from "undici";
import type { ConnectorClass, HttpAction, HttpConnector } from "@/lib/apps/schema";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { JsonValue } from "@/lib/kernel/json";
import { parseJson } from "@/lib/server/read-json";
import { strictSend, type WireAnswer } from "@/lib/server/safe-fetch";
import { classifyAnswer, classifyLookup } from "../../classify-answer";
import type { Answer, Connector, RenderedRequest } from "../../connector";
import { renderLookup, renderRequest, RenderError } from "../../render-request";

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
    prepare: (act) => renderRequest(connector.base_url, action, act),
    send: write,
    classify: (answer, { first }) => classifyAnswer(answer, { ...action, isSuccess, first }),
    async lookup(act) {
      const request = renderLookup(connector.base_url, action, act);
      if (!request || !lookup) throw new RenderError("This action has no look-up");
      const answer = await write(request, () => true);
      return { lookedUp: classifyLookup(answer, lookup), request, answer };
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
  return { kind: "response", status: answer.status, text: answer.text, body: bodyOf(answer.text) };
}

// A body that is not JSON, or that we could not store unchanged, is one we cannot read.
function bodyOf(text: string) {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
