import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { isRecord } from "./is-record";

export type Mail = {
  from: string;
  to?: string;
  date?: string;
  subject: string;
  body: string;
  rest: JsonObject;
};
export type ChatTurn = { role: string; text: string };
export type Evidence =
  | { kind: "mail"; mail: Mail }
  | { kind: "chat"; turns: ChatTurn[]; rest: JsonObject }
  | { kind: "facts"; facts: [key: string, value: string | number | boolean | null][] }
  | { kind: "json"; value: JsonValue };

/** What a value looks like, so that it can be shown as people know it; anything else is a tree. */
export function evidenceOf(value: JsonValue): Evidence {
  const chat = Array.isArray(value) ? turnsOf(value) : undefined;
  if (chat) return { kind: "chat", turns: chat, rest: {} };
  if (!isRecord(value)) return { kind: "json", value };
  const mail = mailOf(value);
  if (mail) return { kind: "mail", mail };
  const { messages, ...rest } = value;
  const turns = Array.isArray(messages) ? turnsOf(messages) : undefined;
  if (turns) return { kind: "chat", turns, rest };
  const facts = Object.entries(value);
  return facts.length > 0 && facts.every(isFact) ? { kind: "facts", facts } : { kind: "json", value };
}

function isFact(entry: [string, JsonValue]): entry is [string, string | number | boolean | null] {
  return typeof entry[1] !== "object" || entry[1] === null;
}

function mailOf(value: JsonObject): Mail | undefined {
  const { from, to, date, subject, body, text, ...others } = value;
  const words = typeof body === "string" ? body : text;
  if (typeof from !== "string" || typeof subject !== "string" || typeof words !== "string") return undefined;
  const rest = typeof body === "string" && text !== undefined ? { ...others, text } : others;
  return {
    from,
    subject,
    body: words,
    rest,
    ...(typeof to === "string" ? { to } : {}),
    ...(typeof date === "string" ? { date } : {}),
  };
}

function turnsOf(list: JsonValue[]): ChatTurn[] | undefined {
  const turns = list.map((each) => {
    if (!isRecord(each) || typeof each["role"] !== "string") return undefined;
    const text = textOf(each["content"]);
    return text === undefined ? undefined : { role: each["role"], text };
  });
  return turns.length > 0 && turns.every((turn) => turn !== undefined) ? turns : undefined;
}

// Content is a text, or a list of parts of which the texts are said.
function textOf(content: JsonValue | undefined): string | undefined {
  if (typeof content === "string") return content;
  if (content === null) return "";
  if (!Array.isArray(content)) return undefined;
  return content
    .map((part) => (isRecord(part) && typeof part["text"] === "string" ? part["text"] : JSON.stringify(part)))
    .join("\n");
}
