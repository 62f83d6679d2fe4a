import { HttpAction } from "@/lib/apps/action-config";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { readArguments } from "./read-arguments";
import { readAnswers } from "./read-answers";
import { ImportError, resolveRef } from "./convert-schema";

/** One operation of a document, as an action where it can be one. */
export type ImportedOperation = {
  /** The action's key, made of the operation's id, or of its method and path. */
  key: string;
  name: string;
  method: string;
  path: string;
  /** Null where no action can be made of it; `problem` says why. */
  action: HttpAction | null;
  problem: string | null;
  /** What was left out or assumed, for whoever picks it. */
  notes: string[];
};

export type ImportedDocument = {
  title: string;
  version: string;
  /** The address the document names; requests go to the connector's own. */
  server: string | null;
  operations: ImportedOperation[];
};

const acting = ["post", "put", "patch", "delete"] as const;
const mostOperations = 1000;

type Reading = { document: JsonObject; isThreeZero: boolean; prefix: string; connectorClass: string };

/**
 * The operations of an OpenAPI 3.0, 3.1 or 3.2 document that change something, each as an action under `baseUrl`. Reads
 * are left out: an action acts. Throws ImportError when it is not such a document.
 */
export function readOperations(
  document: JsonValue,
  connector: { base_url: string; class: string },
): ImportedDocument {
  if (!isJsonObject(document)) throw new ImportError("This is not an OpenAPI document");
  const { openapi, swagger, info, paths } = document;
  if (typeof swagger === "string") throw new ImportError("This is Swagger 2; convert it to OpenAPI 3 first");
  if (typeof openapi !== "string" || !/^3\.[0-2](?:\.|$)/.test(openapi)) {
    throw new ImportError("This is not an OpenAPI 3.0, 3.1 or 3.2 document");
  }
  const server = serverOf(document);
  const reading: Reading = {
    document,
    isThreeZero: openapi.startsWith("3.0"),
    prefix: prefixOf(server, connector.base_url),
    connectorClass: connector.class,
  };
  const keys = new Set<string>();
  const operations = Object.entries(isJsonObject(paths) ? paths : {}).flatMap(([path, item]) => {
    const shared = resolveRef(item, document);
    if (!isJsonObject(shared)) return [];
    return acting.flatMap((method) => {
      const operation = shared[method];
      if (!isJsonObject(operation)) return [];
      return readOperation({ method, path, shared, operation }, reading, keys);
    });
  });
  if (operations.length > mostOperations) {
    throw new ImportError(
      `It has ${operations.length} operations; at most ${mostOperations} can be read at once`,
    );
  }
  return {
    title: textAt(info, "title") ?? "Untitled",
    version: textAt(info, "version") ?? "",
    server,
    operations,
  };
}

type Found = { method: (typeof acting)[number]; path: string; shared: JsonObject; operation: JsonObject };

function readOperation(found: Found, reading: Reading, keys: Set<string>): ImportedOperation {
  const { method, path, operation } = found;
  const key = keyOf(textAt(operation, "operationId") ?? `${method} ${path}`, keys);
  const name = (
    textAt(operation, "summary") ??
    textAt(operation, "operationId") ??
    `${method} ${path}`
  ).slice(0, 100);
  const common = { key, name: name.trim() || key, method: method.toUpperCase(), path };
  const notes: string[] = operation.deprecated === true ? ["It is marked as deprecated."] : [];
  try {
    const action = actionOf(found, reading, notes);
    return { ...common, action, problem: null, notes };
  } catch (error) {
    if (error instanceof ImportError) return { ...common, action: null, problem: error.message, notes };
    throw error;
  }
}

function actionOf({ method, path, shared, operation }: Found, reading: Reading, notes: string[]): HttpAction {
  const read = readArguments({ path, shared, operation, ...reading, notes });
  const made = HttpAction.safeParse({
    kind: "http",
    method: method.toUpperCase(),
    path: reading.prefix + read.path,
    query: read.query,
    argument_headers: read.headers,
    body: read.body,
    body_format: read.bodyFormat,
    key_header: read.keyHeader ?? (reading.connectorClass === "A" ? "Idempotency-Key" : null),
    arguments_schema: read.schema,
    ...readAnswers({ operation, ...reading, notes }),
  });
  if (made.success) return made.data;
  const [issue] = made.error.issues;
  throw new ImportError(
    `It cannot be an action: ${issue?.path.join("/") ?? ""} ${issue?.message ?? ""}`.trim(),
  );
}

/** Words of lower-case letters and digits joined by hyphens, one of a kind in the document. */
function keyOf(text: string, taken: Set<string>): string {
  const words = text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 50)
    .replace(/-+$/, "");
  const base = words === "" ? "action" : words;
  let key = base;
  for (let count = 2; taken.has(key); count++) key = `${base}-${count}`;
  taken.add(key);
  return key;
}

function serverOf({ servers }: JsonObject): string | null {
  const [first] = Array.isArray(servers) ? servers : [];
  const url = textAt(first, "url");
  if (url === null) return null;
  const variables = isJsonObject(first) && isJsonObject(first.variables) ? first.variables : {};
  return url.replaceAll(/\{([^}]+)\}/g, (place, name: string) => textAt(variables[name], "default") ?? place);
}

/** The part of the server's path that the connector's address does not hold yet. */
function prefixOf(server: string | null, baseUrl: string): string {
  const own = new URL(baseUrl).pathname.replace(/\/+$/, "");
  const named = server === null || !URL.canParse(server, baseUrl) ? "" : new URL(server, baseUrl).pathname;
  return own === "" ? named.replace(/\/+$/, "") : "";
}

function textAt(value: JsonValue | undefined, name: string): string | null {
  const text = isJsonObject(value) ? value[name] : undefined;
  return typeof text === "string" ? text : null;
}
