import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { isRecord } from "./is-record";
import { readableOf } from "./readable";

export type Mail = {
  from: string;
  to?: string;
  date?: string;
  subject: string;
  body: string;
  rest: JsonObject;
};
export type ChatTurn = { role: string; text: string; at?: string };
export type Evidence =
  | { kind: "text"; text: string }
  | { kind: "mail"; mail: Mail }
  | { kind: "chat"; turns: ChatTurn[]; rest: JsonObject }
  | { kind: "table"; columns: string[]; rows: JsonObject[] }
  | { kind: "image"; src: string; name: string | undefined }
  | { kind: "link"; href: string; host: string }
  | { kind: "facts"; facts: [key: string, value: JsonValue][] }
  | { kind: "json"; value: JsonValue };

/** What a value looks like, so that it can be shown as people know it; anything else is a tree. `hint`: its own word. */
export function evidenceOf(value: JsonValue, hint?: string): Evidence {
  const image = imageOf(value, hint);
  if (image) return image;
  if (typeof value === "string") return { kind: "text", text: value };
  if (Array.isArray(value)) return listOf(value);
  if (!isRecord(value)) return { kind: "json", value };
  const mail = mailOf(value);
  if (mail) return { kind: "mail", mail };
  const { messages, ...rest } = value;
  const turns = Array.isArray(messages) ? turnsOf(messages) : undefined;
  if (turns) return { kind: "chat", turns, rest };
  const facts = Object.entries(value);
  const isFlat = facts.length > 0 && facts.every(([, each]) => readableOf(each) !== undefined);
  return isFlat ? { kind: "facts", facts } : { kind: "json", value };
}

/** Larger ones are not shown: a picture is evidence, not a way to fill memory. */
const longestImage = 300_000;
const pictures = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

/** A picture inside the data itself; one that lies elsewhere is a link, because nothing is ever fetched. */
function imageOf(value: JsonValue, hint: string | undefined): Evidence | undefined {
  const src =
    typeof value === "string" ? value : isRecord(value) ? (value["image"] ?? value["data_uri"]) : undefined;
  if (typeof src !== "string") return undefined;
  const name = isRecord(value) && typeof value["name"] === "string" ? value["name"] : undefined;
  if (src.startsWith("data:image/"))
    return src.length <= longestImage && pictures.test(src) ? { kind: "image", src, name } : undefined;
  return hint === "image" || isRecord(value) ? linkOf(src) : undefined;
}

/** An https address with the host it leads to; undefined for anything else. */
export function linkOf(text: string): Extract<Evidence, { kind: "link" }> | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { href, host, username, password } = new URL(text);
  // A name before the host makes it look like another one.
  return username === "" && password === "" ? { kind: "link", href, host } : undefined;
}

const mostColumns = 12;

function listOf(list: JsonValue[]): Evidence {
  const turns = turnsOf(list);
  if (turns) return { kind: "chat", turns, rest: {} };
  const rows = list.filter(isRecord);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const isTable =
    rows.length > 0 &&
    rows.length === list.length &&
    columns.length > 0 &&
    columns.length <= mostColumns &&
    rows.every((row) => Object.values(row).every((each) => readableOf(each) !== undefined));
  return isTable ? { kind: "table", columns, rows } : { kind: "json", value: list };
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
  const turns = list.map(turnOf);
  return turns.length > 0 && turns.every((turn) => turn !== undefined) ? turns : undefined;
}

function turnOf(each: JsonValue): ChatTurn | undefined {
  if (!isRecord(each) || each["subject"] !== undefined) return undefined;
  const role = each["role"] ?? each["from"];
  const text = textOf(each["content"] ?? (each["content"] === null ? null : each["text"]));
  if (typeof role !== "string" || text === undefined) return undefined;
  const at = each["at"];
  return typeof at === "string" ? { role, text, at } : { role, text };
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
