import type { HttpAction } from "@/lib/apps/action-config";
import type { ConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorClass } from "@/lib/apps/schema";
import { validatorOf } from "@/lib/apps/server/compile-schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { classifyAnswer, classifyLookup } from "../../classify-answer";
import type { Act, Connector, RenderedRequest } from "../../connector";
import { renderLookup, renderRead, RenderError } from "../../render-request";
import { answerOf } from "./answer-of";
import type { Wire } from "./authorised-wire";

type Reading = Pick<
  HttpAction,
  | "lookup"
  | "refusal_statuses"
  | "reference_pointer"
  | "success_schema"
  | "reports_back"
  | "report_within_seconds"
>;

export type OverHttp = {
  class: ConnectorClass;
  connector: Extract<ConnectorConfig, { base_url: string }>;
  action: Reading;
  wire: Wire;
  render: (act: Act) => RenderedRequest;
  mask: (request: RenderedRequest) => JsonObject;
};

/** A door whose acts are one HTTP request each: what HTTP and webhook connectors share. */
export function overHttp({ connector, action, wire, render, mask, ...door }: OverHttp): Connector {
  const isSuccess = successOf(action.success_schema);
  const { lookup } = action;
  const { base_url: base } = connector;
  // Reading changes nothing, so it may be asked again with a fresh token.
  const get = async (request: RenderedRequest) =>
    answerOf(await wire.write(request, { mayWrite: () => true, isRepeatable: true }), wire.secrets);
  return {
    ...timesOf(connector),
    class: door.class,
    canLookUp: lookup !== null,
    reportWithinMs: action.reports_back ? action.report_within_seconds * 1000 : null,
    prepare(act) {
      wire.requireCredential();
      return render(act);
    },
    async send(request, mayWrite) {
      // A 401 to a send is repeated only where the action declares it certain that nothing happened.
      const isRepeatable = action.refusal_statuses.includes(401);
      return answerOf(await wire.write(request, { mayWrite, isRepeatable }), wire.secrets);
    },
    classify: (answer, { first }) => classifyAnswer(answer, { ...action, isSuccess, first }),
    async lookup(act) {
      const request = renderLookup(base, action, act);
      if (!request || !lookup) throw new RenderError("This action has no look-up");
      const answer = await get(request);
      return { lookedUp: classifyLookup(answer, lookup), request, answer };
    },
    mask,
    async read(path, act) {
      const request = renderRead(base, path, act);
      return { request, answer: await get(request) };
    },
  };
}

/** The times of any connector. */
export function timesOf(connector: ConnectorConfig) {
  return {
    timeoutMs: connector.timeout_ms,
    keyTtlSeconds: connector.key_ttl_seconds,
    settleDelayMs: connector.settle_delay_ms,
  };
}

/** What a body must be to count as a success. */
export function successOf(schema: JsonObject): (body: JsonValue) => boolean {
  const validate = validatorOf(`text:${canonicalJson(schema)}`, schema);
  return (body) => validate(body, "").length === 0;
}
