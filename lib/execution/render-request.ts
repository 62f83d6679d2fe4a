import type { HttpAction, WebhookAction } from "@/lib/apps/action-config";
import { atPointer, isJsonObject, type JsonValue } from "@/lib/kernel/json";
import type { Act, RenderedRequest } from "./connector";
import { formEncode } from "./form-encode";

/** The arguments do not fit the action's template: no request can be made of them. */
export class RenderError extends Error {
  override name = "RenderError";
}

const ownHeaders = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** One action on one set of arguments as an HTTP request under `baseUrl`, without its credential. */
export function renderRequest(baseUrl: string, action: HttpAction, act: Act): RenderedRequest {
  const headers: Record<string, string> = { accept: "application/json" };
  for (const [name, value] of Object.entries(action.headers)) {
    const key = name.toLowerCase();
    if (ownHeaders.has(key)) throw new RenderError(`The header ${name} is not an action's to set`);
    headers[key] = value;
  }
  for (const [name, template] of Object.entries(action.argument_headers)) {
    const value = fillTemplate(template, act);
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = headerValue(name, value);
  }
  if (action.key_header) headers[action.key_header.toLowerCase()] = act.actionKey;
  const body = renderBody(action, act);
  if (body !== null) headers["content-type"] = contentTypes[action.body_format];
  const { origin, path } = renderUrl(baseUrl, action.path, act);
  const query = renderQuery(action.query, act);
  return {
    method: action.method,
    origin,
    path: query === "" ? path : `${path}?${query}`,
    headers,
    body,
    actionKey: act.actionKey,
  };
}

function headerValue(name: string, value: JsonValue): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (!/^[\x20-\x7e]{1,1000}$/.test(text))
    throw new RenderError(`The argument of ${name} cannot stand in a header`);
  return text;
}

/** Each member a parameter; a list is repeated, what was not given is left out. */
function renderQuery(query: HttpAction["query"], act: Act): string {
  const pairs = Object.entries(query).flatMap(([name, template]) => {
    const value = fillTemplate(template, act);
    const values = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
    return values.map((each) => {
      if (typeof each === "object") throw new RenderError(`The query parameter ${name} must be plain values`);
      return `${encodeURIComponent(name)}=${encodeURIComponent(String(each))}`;
    });
  });
  return pairs.join("&");
}

/** The look-up request of an action (a GET under `baseUrl`), or null when it has none. */
export function renderLookup(
  baseUrl: string,
  action: Pick<HttpAction, "lookup">,
  act: Act,
): RenderedRequest | null {
  return action.lookup ? renderRead(baseUrl, action.lookup.path, act) : null;
}

/** A GET of a path template (with its query) under `baseUrl`. */
export function renderRead(baseUrl: string, path: string, act: Act): RenderedRequest {
  return {
    method: "GET",
    ...renderUrl(baseUrl, path, act),
    headers: { accept: "application/json" },
    body: null,
    actionKey: act.actionKey,
  };
}

const contentTypes = { json: "application/json", form: "application/x-www-form-urlencoded" } as const;

function renderBody(action: HttpAction, act: Act): string | null {
  if (action.body === null) return null;
  const body = fillTemplate(action.body, act);
  if (body === undefined) return null;
  if (action.body_format === "json") return JSON.stringify(body);
  if (!isJsonObject(body)) throw new RenderError("A form body must be an object");
  return formEncode(body);
}

/**
 * A template with its places filled: `{ "$arg": "/pointer" }` is an argument, `{ "$key": true }` the action key.
 * An argument that was not given leaves its member (or item) out; undefined when that is the whole template.
 */
export function fillTemplate(template: JsonValue, act: Act): JsonValue | undefined {
  if (Array.isArray(template)) {
    return template.map((item) => fillTemplate(item, act)).filter((item) => item !== undefined);
  }
  if (!isJsonObject(template)) return template;
  const entries = Object.entries(template);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, value] = only;
    if (name === "$arg" && typeof value === "string") return atPointer(act.arguments, value);
    if (name === "$key" && value === true) return act.actionKey;
  }
  const filled: Record<string, JsonValue> = {};
  for (const [name, value] of entries) {
    const member = fillTemplate(value, act);
    if (member !== undefined) filled[name] = member;
  }
  return filled;
}

function renderUrl(baseUrl: string, template: string, act: Act): { origin: string; path: string } {
  const base = new URL(baseUrl);
  // Without a template the base is the place itself, its last slash included.
  const rendered =
    template === "" ? base.pathname : base.pathname.replace(/\/+$/, "") + fillPath(template, act);
  const url = new URL(rendered, base.origin);
  // An argument must not be able to walk the path or reach another host: what was written is what is asked.
  const written = rendered.split("?", 1)[0];
  if (url.origin !== base.origin || url.pathname !== written || url.hash !== "") {
    throw new RenderError(`The path ${rendered.slice(0, 200)} is not a plain path`);
  }
  return { origin: base.origin, path: url.pathname + url.search };
}

/** `{/pointer}` becomes a percent-encoded argument, `{key}` the action key. */
function fillPath(template: string, act: Act): string {
  return template.replaceAll(/\{(key|\/[^}]*)\}/g, (_place, name: string) => {
    const value = name === "key" ? act.actionKey : atPointer(act.arguments, name);
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      throw new RenderError(`The path needs the argument ${name}, a string or a number`);
    }
    const text = String(value);
    if (text === "" || /^\.{1,2}$/.test(text) || !text.isWellFormed()) {
      throw new RenderError(`The argument ${name} cannot stand in a path`);
    }
    return encodeURIComponent(text);
  });
}

/** One signed message: its bytes are the same on every attempt, so nothing of the moment stands in them. */
export function renderMessage(baseUrl: string, action: WebhookAction, act: Act): RenderedRequest {
  const headers: Record<string, string> = { accept: "application/json" };
  for (const [name, value] of Object.entries(action.headers)) headers[name.toLowerCase()] = value;
  headers["content-type"] = "application/json";
  headers["webhook-id"] = act.actionKey;
  return {
    method: "POST",
    ...renderUrl(baseUrl, action.path, act),
    headers,
    body: JSON.stringify({ type: action.event, data: fillTemplate(action.data, act) ?? {} }),
    actionKey: act.actionKey,
  };
}
