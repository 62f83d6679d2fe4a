import type { Operation } from "./build-openapi";
import type { JsonSchema } from "./tidy-schema";

/** Where an operation is, and what it is. */
export type Located = { method: string; path: string; operation: Operation };

const submission = {
  type: "refund.issue",
  subject: { type: "customer", id: "cus_8841" },
  input: { message: "I was charged twice for the same order" },
  proposal: { arguments: { invoice: "INV-0001", amount: 1800, currency: "USD", reason: "duplicate" } },
  rationale: "Two charges of the same amount within a minute.",
  confidence: 0.83,
  model: { provider: "openai", name: "gpt-5" },
  prompt_version: "refunds@14",
};

// What a schema cannot say: a request somebody would really send.
const written: Record<string, unknown> = {
  submitDecision: submission,
  submitDecisionBatch: { decisions: [{ ...submission, external_id: "ticket-5521" }] },
  evaluateDecision: submission,
  giveVerdict: { verdict: "approve" },
  giveFeedback: {
    source: "customer",
    vote: "down",
    text: "The refund went to the wrong card",
    cause: "input",
  },
  giveLinkedFeedback: { vote: "down", text: "The refund went to the wrong card" },
  recordOutcome: { correct: true, detail: "No chargeback within 60 days" },
  recordOutcomeBatch: { outcomes: [{ external_id: "ticket-5521", correct: true }] },
};

/** A body that fits the operation, for people to start from. */
export function exampleBody({ operation }: Located): unknown {
  if (Object.hasOwn(written, operation.operationId)) return written[operation.operationId];
  const schema = operation.requestBody?.content["application/json"]?.schema;
  return schema === undefined ? undefined : exampleOf(schema, "");
}

/** The operation as one runs it in a shell; `$KEY` holds the key or token. */
export function curlOf(located: Located, server: string): string {
  const { method, operation } = located;
  const body = exampleBody(located);
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${server}${examplePath(located, (name) => `$${name.toUpperCase()}`)}"`,
  ];
  if (operation.security.length > 0) lines.push(`-H "Authorization: Bearer $KEY"`);
  if (wantsKey(operation)) lines.push(`-H "Idempotency-Key: $(uuidgen)"`);
  if (body !== undefined) {
    lines.push(`-H "Content-Type: application/json"`);
    // A quote inside a quoted shell word.
    lines.push(`-d '${JSON.stringify(body, null, 2).replaceAll("'", String.raw`'\''`)}'`);
  }
  const file = fileOf(operation);
  if (file) lines.push(`-H "Content-Type: ${file.type}"`, `--data-binary @${file.name}`);
  return lines.join(" \\\n  ");
}

/** The operation in TypeScript, with nothing but `fetch`. */
export function fetchOf(located: Located, server: string): string {
  const { method, operation } = located;
  const body = exampleBody(located);
  const file = fileOf(operation);
  const headers = [
    ...(operation.security.length > 0 ? ["Authorization: `Bearer ${process.env.KEY}`"] : []),
    ...(wantsKey(operation) ? [`"Idempotency-Key": crypto.randomUUID()`] : []),
    ...(body === undefined ? [] : [`"Content-Type": "application/json"`]),
    ...(file ? [`"Content-Type": "${file.type}"`] : []),
  ];
  const sent = file
    ? `\n  body: await readFile("${file.name}"),`
    : body === undefined
      ? ""
      : `\n  body: JSON.stringify(${indented(JSON.stringify(body, null, 2))}),`;
  return `const response = await fetch(\`${server}${examplePath(located, (name) => `\${${name}}`)}\`, {
  method: "${method}",
  headers: { ${headers.join(", ")} },${sent}
});
const answer = await response.json();
if (!response.ok) throw new Error(\`\${answer.code}: \${answer.detail}\`);`;
}

/** The file that an operation takes in place of JSON. */
function fileOf({ requestBody }: Operation): { type: string; name: string } | undefined {
  const types = Object.keys(requestBody?.content ?? {});
  const [type] = types;
  if (!type || types.includes("application/json")) return undefined;
  return { type, name: `file.${type === "text/csv" ? "csv" : "jsonl"}` };
}

function wantsKey({ parameters = [] }: Operation): boolean {
  return parameters.some((parameter) => parameter.in === "header" && parameter.name === "Idempotency-Key");
}

function indented(json: string): string {
  return json.replaceAll("\n", "\n  ");
}

const ids: Record<string, string> = { app: "refund-desk", type: "refund.issue" };

function examplePath({ path, operation }: Located, variable: (name: string) => string): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_match, name: string) => ids[name] ?? variable(name));
  const needed = (operation.parameters ?? []).filter((one) => one.in === "query" && one.required);
  if (needed.length === 0) return filled;
  return `${filled}?${needed.map(({ name, schema }) => `${name}=${String(exampleOf(schema, name))}`).join("&")}`;
}

/** A value that fits a schema: defaults and first choices, the required parts only. */
export function exampleOf(schema: JsonSchema, name: string): unknown {
  if ("default" in schema) return schema["default"];
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const union = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(union)) return exampleOf(union[0] as JsonSchema, name);
  switch (schema["type"]) {
    case "object":
      return exampleObject(schema);
    case "array":
      return schema["items"] ? [exampleOf(schema["items"] as JsonSchema, name)] : [];
    case "integer":
    case "number":
      return typeof schema["minimum"] === "number" && schema["minimum"] > 0 ? schema["minimum"] : 1;
    case "boolean":
      return true;
    case "null":
      return null;
    case "string":
      return exampleText(schema, name);
    default:
      return {};
  }
}

function exampleObject(schema: JsonSchema): Record<string, unknown> {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const properties = (schema["properties"] ?? {}) as Record<string, JsonSchema>;
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([key]) => required.includes(key))
      .map(([key, value]) => [key, exampleOf(value, key)]),
  );
}

function exampleText(schema: JsonSchema, name: string): string {
  if (schema["format"] === "date-time") return "2027-01-31T12:00:00Z";
  if (schema["format"] === "uri") return "https://example.com";
  if (schema["format"] === "email") return "ana@example.com";
  if (name.endsWith("_id")) return `$${name.slice(0, -3).toUpperCase()}`;
  return name === "" ? "text" : name.replaceAll("_", " ");
}
