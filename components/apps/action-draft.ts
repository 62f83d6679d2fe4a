import type { ActionConfig, StoredActionConfig } from "@/lib/apps/action-config";
import type { ConnectorKind } from "@/lib/apps/schema";
import { formText } from "@/components/identity/form-text";
import { isJsonObject, type JsonObject } from "@/lib/kernel/json";

/** What an action's form asks for in fields of its own; the rest is edited as JSON. */
type Fielded = "kind" | "hold_seconds" | "max_amount" | "reports_back" | "report_within_seconds";

/** What a new action of a kind begins with. */
const blanks: Record<ConnectorKind, JsonObject> = {
  http: {
    method: "POST",
    path: "/v1/refunds",
    body: { invoice: { $arg: "/invoice" }, amount: { $arg: "/amount" } },
    success_schema: { type: "object", required: ["id"] },
    observe: null,
    lookup: null,
    ledger: null,
  },
  webhook: {
    event: "refund.requested",
    path: "",
    data: { action_key: { $key: true }, arguments: { $arg: "" } },
  },
  mcp: { tool: "", arguments: { $arg: "" }, error_means_nothing_happened: false },
  email: { to: "{/email}", subject: "Your refund", text: "It is on its way." },
};

const hints: Record<ConnectorKind, string> = {
  http: '{"$arg": "/pointer"} stands for a validated argument, {"$key": true} for the action key. success_schema says what counts as done, refusal_statuses that nothing happened; observe reads the state before, lookup asks whether it happened, ledger lists what did.',
  webhook:
    'data is the message: {"$arg": "/pointer"} stands for a validated argument, {"$key": true} for the action key, which is also its webhook-id.',
  mcp: 'arguments are the tool\'s: {"$arg": "/pointer"} stands for a validated argument, {"$key": true} for the action key. Say error_means_nothing_happened only when a failed call is certain to have changed nothing.',
  email:
    "{/pointer} stands for a validated argument, {key} for the action key. Each address must be a single one.",
};

/** The hint under an action's JSON. */
export function actionHint(kind: ConnectorKind): string {
  return hints[kind];
}

/** An action's configuration as it is edited as JSON: without what has a field of its own. */
export function actionJson(kind: ConnectorKind, config: ActionConfig | undefined): JsonObject {
  if (!config) return blanks[kind];
  const {
    kind: _,
    hold_seconds: _hold,
    max_amount: _max,
    reports_back: _back,
    report_within_seconds: _within,
    ...rest
  } = config satisfies Record<Fielded, unknown>;
  // What comes out of the API is JSON.
  return rest as unknown as JsonObject;
}

/** The configuration an action's form describes; the server parses it by the contract and answers with pointers. */
export function actionConfigFrom(form: FormData, kind: ConnectorKind, json: JsonObject): StoredActionConfig {
  const most = formText(form, "max_amount").trim();
  const fields = {
    kind,
    hold_seconds: Number(formText(form, "hold_seconds") || "0"),
    max_amount: most === "" ? null : Number(most),
    reports_back: form.get("reports_back") === "on",
    ...(form.has("report_within_seconds")
      ? { report_within_seconds: Number(formText(form, "report_within_seconds")) }
      : {}),
  };
  return { ...json, ...fields } as unknown as StoredActionConfig;
}

/** One line that says what an action does. */
export function actionLine(config: ActionConfig): string {
  switch (config.kind) {
    case "http":
      return `${config.method} ${config.path}`;
    case "webhook":
      return `${config.event}${config.path === "" ? "" : ` to ${config.path}`}`;
    case "mcp":
      return config.tool;
    case "email":
      return `to ${config.to}`;
  }
}

/** What is special about an action, a few words each. */
export function actionMarks(config: ActionConfig): string[] {
  return [
    ...(config.hold_seconds > 0 ? [`held ${config.hold_seconds} s`] : []),
    ...(config.observe ? ["observed before"] : []),
    ...("lookup" in config && isJsonObject(config.lookup) ? ["looked up"] : []),
    ...(config.ledger ? ["reconciled"] : []),
    ...(config.reports_back ? ["reports back"] : []),
    ...(config.max_amount === null ? [] : ["capped"]),
  ];
}
