import type { EmailAction } from "@/lib/apps/action-config";
import type { EmailConnector } from "@/lib/apps/connector-config";
import { atPointer } from "@/lib/kernel/json";
import type { Act, RenderedRequest } from "./connector";
import { RenderError } from "./render-request";

// One plain address: no name, list, comment or route with which an argument could reach somebody else.
const address =
  /^[^\s<>()[\]\\,;:"@]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}$/;

/**
 * One e-mail as a request of method SMTP: its headers are the message's, its body the text. The Message-ID is made of
 * the action key, the same on every attempt. Throws RenderError where an argument cannot stand where it should.
 */
export function renderMail(connector: EmailConnector, action: EmailAction, act: Act): RenderedRequest {
  const headers: Record<string, string> = {
    from:
      connector.from_name === ""
        ? connector.from
        : `"${connector.from_name.replaceAll(/["\\]/g, "")}" <${connector.from}>`,
    to: addresses("to", action.to, act),
    ...(action.cc === null ? {} : { cc: addresses("cc", action.cc, act) }),
    ...(action.reply_to === null ? {} : { "reply-to": addresses("reply_to", action.reply_to, act) }),
    subject: line("subject", action.subject, act),
    "message-id": `<${act.actionKey}@${connector.from.slice(connector.from.lastIndexOf("@") + 1)}>`,
  };
  const scheme = connector.tls === "implicit" ? "smtps" : "smtp";
  return {
    method: "SMTP",
    origin: `${scheme}://${connector.host}:${connector.port}`,
    path: "",
    headers,
    body: filled(action.text, act),
    actionKey: act.actionKey,
  };
}

// The list is split before its places are filled: an argument is one address, never several.
function addresses(field: string, template: string, act: Act): string {
  return template
    .split(",")
    .map((part) => {
      const text = filled(part.trim(), act);
      if (!address.test(text)) throw new RenderError(`What stands in ${field} is not one e-mail address`);
      return text;
    })
    .join(", ");
}

function line(field: string, template: string, act: Act): string {
  const text = filled(template, act);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(text))
    throw new RenderError(`What stands in ${field} is not one line`);
  if (text.trim() === "" || text.length > 900)
    throw new RenderError(`What stands in ${field} is empty or too long`);
  return text;
}

/** `{/pointer}` becomes an argument, `{key}` the action key. */
function filled(template: string, act: Act): string {
  return template.replaceAll(/\{(key|\/[^}]*)\}/g, (_place, name: string) => {
    const value = name === "key" ? act.actionKey : atPointer(act.arguments, name);
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      throw new RenderError(`The message needs the argument ${name}, a string or a number`);
    }
    return String(value);
  });
}
