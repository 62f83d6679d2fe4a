import { decodeBody, decodeHeader } from "./decode";
import { htmlToText } from "./html-to-text";

/** What a person would see of a message. `date` is ISO 8601 UTC, or null when the header cannot be read. */
export type ParsedMessage = { from: string; subject: string; date: string | null; text: string };

type Part = { headers: Map<string, string>; body: string };

const deepestPart = 5;
/** Shorter alternatives ("This message is in HTML") say nothing. */
const telling = 60;
const mostTextCharacters = 8000;
/** The collector renamed hosts and people and drew lines of its own, mostly in one class: they would tell the label. */
const collectorMarks = /@?(?:[\w.-]+\.)?spamassassin\.taint\.org|-{0,9}(?:deathtospam)+-{0,9}|\bzzzz\w*/gi;
const listFooter = /\n_{20,}\n[\s\S]{0,600}?(?:mailing list|listinfo|sf\.net|sourceforge)[\s\S]*$/i;

/**
 * Reads one raw message (RFC 5322 with MIME, tolerantly). Of the headers only From, Subject and Date are kept: the others
 * (filters' verdicts, list tags, the path through the corpus collector's servers) tell the label. For the same reason list
 * prefixes in subjects and list footers in bodies are cut. Attachments are dropped; the text is capped at 8,000 characters.
 */
export function parseMessage(raw: string): ParsedMessage {
  const part = splitPart(raw.replaceAll("\r\n", "\n").replace(/^From .*\n/, ""));
  const header = (name: string) => oneLine(unmark(clean(decodeHeader(part.headers.get(name) ?? ""))));
  return {
    from: header("from").slice(0, 200).toWellFormed(),
    subject: header("subject")
      .replace(/\[[^\]\n]{1,40}\]\s*/g, "")
      .slice(0, 300)
      .toWellFormed(),
    date: isoDate(part.headers.get("date") ?? ""),
    text: tidy(unmark(textOf(part, 0)).replace(listFooter, "")),
  };
}

function unmark(text: string): string {
  return text.replace(collectorMarks, "");
}

function splitPart(raw: string): Part {
  const end = raw.indexOf("\n\n");
  const head = end === -1 ? raw : raw.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: end === -1 ? "" : raw.slice(end + 2) };
}

function textOf(part: Part, depth: number): string {
  const contentType = part.headers.get("content-type") ?? "text/plain";
  const type = (/^[^;\s]+/.exec(contentType)?.[0] ?? "text/plain").toLowerCase();
  if (type.startsWith("multipart/")) return textOfParts(part, contentType, depth);
  if (type.startsWith("message/") && depth < deepestPart) return textOf(splitPart(part.body), depth + 1);
  if (!type.startsWith("text/") && type.includes("/")) return "";
  const encoding = (part.headers.get("content-transfer-encoding") ?? "").trim().toLowerCase();
  const text = decodeBody(part.body, encoding, parameter(contentType, "charset") ?? "windows-1252");
  return type === "text/html" || /^\s*<(?:!doctype|html|head|body)\b/i.test(text) ? htmlToText(text) : text;
}

/** Of alternatives the first (the plain one) when it says something, else the longest; of other parts all that can be read. */
function textOfParts(part: Part, contentType: string, depth: number): string {
  const boundary = parameter(contentType, "boundary");
  if (!boundary || depth >= deepestPart) return part.body;
  const parts = part.body
    .split(`--${boundary}`)
    .slice(1)
    .filter((piece) => !piece.startsWith("--"))
    .map((piece) => splitPart(piece.startsWith("\n") ? piece.slice(1) : piece));
  const texts = parts.map((each) => textOf(each, depth + 1)).filter((text) => text.trim() !== "");
  if (!contentType.toLowerCase().startsWith("multipart/alternative")) return texts.join("\n\n");
  return (
    texts.find((text) => text.length >= telling) ?? texts.toSorted((a, b) => b.length - a.length)[0] ?? ""
  );
}

function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;"]+))`, "i").exec(header);
  return found?.[1] ?? found?.[2];
}

function isoDate(header: string): string | null {
  // Programs of the time wrote the year 2002 as "102".
  const text = header.replace(/\([^)]*\)/g, "").replace(/(?<= )1(\d\d)(?= )/, "20$1");
  const time = Date.parse(text.trim());
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

/** Neither NUL nor other control characters, and no half of a surrogate pair: a database and JSON must take it. */
function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex -- removing them is the point
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function tidy(text: string): string {
  const lines = clean(text.replace(/\r\n?/g, "\n"))
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n");
  return lines.trim().slice(0, mostTextCharacters).toWellFormed();
}
