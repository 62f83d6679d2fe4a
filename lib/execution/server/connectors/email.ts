import type { EmailAction } from "@/lib/apps/action-config";
import type { EmailConnector } from "@/lib/apps/connector-config";
import { isJsonObject } from "@/lib/kernel/json";
import type { Answer, Classified, Connector } from "../../connector";
import { shortBody } from "../../mask-request";
import { renderMail } from "../../render-mail";
import { RenderError } from "../../render-request";
import { answerOf } from "./answer-of";
import { timesOf } from "./over-http";
import { sendMail } from "./send-mail";

export type EmailDoor = {
  connector: EmailConnector;
  action: EmailAction;
  /** The password; null where the server wants none. */
  secret: string | null;
  /** As of strictAgent. */
  allowedPrivateHosts: readonly string[];
};

/**
 * A door to a mail server, of class C: it neither drops a message it has had nor says what became of one. Taken after
 * the text: succeeded. Not taken before it, or refused after it: nothing was delivered. No word after it: unknown.
 */
export function emailConnector({ connector, action, secret, allowedPrivateHosts }: EmailDoor): Connector {
  const secrets = secret === null ? [] : [secret, signInOf(connector.username, secret)];
  return {
    ...timesOf(connector),
    class: "C",
    canLookUp: false,
    reportWithinMs: null,
    prepare(act) {
      if (connector.username !== "" && secret === null)
        throw new RenderError("The connector has no password");
      return renderMail(connector, action, act);
    },
    async send(request, mayWrite) {
      const sent = await sendMail({ connector, secret, allowedPrivateHosts, request, mayWrite });
      if (sent.kind !== "response") return answerOf(sent, secrets);
      return answerOf({ ...sent, headers: {}, text: JSON.stringify(sent.body) }, secrets);
    },
    classify: classifyMail,
    lookup: () => Promise.reject(new RenderError("A mail server cannot be asked what it did")),
    mask: ({ method, origin, headers, body }) => ({
      method,
      url: origin,
      headers: connector.username === "" ? { ...headers } : { ...headers, "sign-in": "[password]" },
      body: shortBody(body),
    }),
    read: () => Promise.reject(new RenderError("A mail server has nothing to read")),
  };
}

// AUTH PLAIN writes both in one, which its base64 form covers: some servers repeat the line they refuse.
function signInOf(username: string, password: string): string {
  return `\u0000${username}\u0000${password}`;
}

function classifyMail(answer: Answer, { first }: { first: boolean }): Classified {
  const nothing = { reference: null, result: null } as const;
  if (answer.kind === "not_sent") {
    return { ...nothing, outcome: "not_sent", status: first ? "pending" : "unknown", error: answer.error };
  }
  if (answer.kind === "no_answer") {
    return { ...nothing, outcome: "ambiguous", status: "unknown", error: answer.error };
  }
  const body = isJsonObject(answer.body) ? answer.body : {};
  const said = typeof body.response === "string" ? body.response.slice(0, 500) : String(answer.status);
  if (answer.status >= 300) {
    const status = first ? "failed" : "unknown";
    return { ...nothing, outcome: "refused", status, result: body, error: `It refused: ${said}` };
  }
  const rejected = (Array.isArray(body.rejected) ? body.rejected : []).map(String);
  if (rejected.length > 0) {
    const error = `It took the message, but not for ${rejected.join(", ").slice(0, 300)}`;
    return { ...nothing, outcome: "ambiguous", status: "unknown", result: body, error };
  }
  const reference = typeof body.message_id === "string" ? body.message_id : null;
  return { outcome: "succeeded", status: "succeeded", reference, result: body, error: null };
}
