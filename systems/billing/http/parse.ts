import type { IncomingMessage } from "node:http";
import { BillingError, invalid } from "../domain/errors";

export type Tree = { [name: string]: unknown };

const maxBytes = 256 * 1024;
const maxPairs = 1000;

/** The parameters of a body, JSON or form-encoded with brackets as Stripe's clients send it. Throws 400 or 413. */
export async function readParameters(request: IncomingMessage): Promise<Tree> {
  const text = decode(await readBody(request));
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  switch (type.trim().toLowerCase()) {
    case "application/json":
      return parseJson(text);
    case "application/x-www-form-urlencoded":
    case "":
      return parseForm(text);
    default:
      throw new BillingError({
        status: 415,
        type: "invalid_request_error",
        message: "Send application/x-www-form-urlencoded or application/json.",
      });
  }
}

/** `a=1&metadata[k]=v&expand[]=x` as a tree: names nest by brackets, `[]` collects a list. Throws 400. */
export function parseForm(text: string): Tree {
  const root: Tree = Object.create(null);
  let pairs = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++pairs > maxPairs) throw invalid("parameter_invalid", `More than ${maxPairs} parameters.`);
    const path = pathOf(name);
    assign(root, path, value, name);
  }
  return root;
}

function pathOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!match?.[1])
    throw invalid("parameter_unknown", `Received malformed parameter name: ${name.slice(0, 100)}`);
  const path = [match[1], ...(match[2] ?? "").split(/[[\]]+/).filter(Boolean)];
  if (match[2]?.endsWith("[]")) path.push("");
  if (path.length > 5) throw invalid("parameter_unknown", `Parameter nested too deep: ${name.slice(0, 100)}`);
  return path;
}

function assign(root: Tree, path: string[], value: string, name: string): void {
  let node = root;
  for (const part of path.slice(0, -1)) {
    const next = (node[part] ??= Object.create(null));
    if (typeof next !== "object")
      throw invalid("parameter_invalid", `Parameter given twice: ${name.slice(0, 100)}`, name);
    node = next as Tree; // made by this function with no prototype
  }
  const leaf = path.at(-1) || String(Object.keys(node).length);
  if (leaf in node) throw invalid("parameter_invalid", `Parameter given twice: ${name.slice(0, 100)}`, name);
  node[leaf] = value;
}

function parseJson(text: string): Tree {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("parameter_invalid", "The request body is not valid JSON.");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid("parameter_invalid", "The request body must be a JSON object.");
  }
  return value as Tree; // a JSON object
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid("parameter_invalid", "The request body is not valid UTF-8.");
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers["content-length"]) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the socket: the refusal still has to be written on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): BillingError {
  return new BillingError({
    status: 413,
    type: "invalid_request_error",
    code: "body_too_large",
    message: "The request body is larger than 256 KB.",
  });
}
