import { parse } from "yaml";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonValue } from "@/lib/kernel/json";
import { parseJson } from "@/lib/server/read-json";
import { allowedPrivateHosts, strictAgent, strictSend } from "@/lib/server/safe-fetch";

const limits = { bytes: 4 * 1024 * 1024, depth: 64, nodes: 300_000 };
const fetchMs = 10_000;

/** The text at an address, read without a credential and under the rule of every outbound request; no redirects. */
export async function fetchDocument(address: string): Promise<string> {
  const url = new URL(address);
  const agent = strictAgent({ allowedPrivateHosts: allowedPrivateHosts(), keepAlive: false });
  try {
    const answer = await strictSend(agent, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: "GET",
      headers: {
        accept: "application/json, application/yaml, text/yaml, */*;q=0.1",
        "user-agent": "countersign",
      },
      body: null,
      timeoutMs: fetchMs,
      maxAnswerBytes: limits.bytes,
    });
    if (answer.kind !== "response") throw unreadable("/url", `It could not be read: ${answer.error}`);
    if (answer.status !== 200) throw unreadable("/url", `It answered ${answer.status}, not 200`);
    return answer.text;
  } finally {
    await agent.close();
  }
}

/** A document of JSON or YAML as JSON; what cannot be kept (a `__proto__`, endless aliases) is refused. */
export function parseDocument(text: string, pointer: string): JsonValue {
  try {
    if (/^\s*\{/.test(text)) return parseJson(text, limits);
    const value: unknown = parse(text, { maxAliasCount: 100, logLevel: "error", merge: true });
    return parseJson(JSON.stringify(value) ?? "null", limits);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
    throw unreadable(pointer, `It is neither JSON nor YAML that can be read: ${reason.slice(0, 300)}`);
  }
}

/** Refuses a document, naming the field it came in. */
export function unreadable(pointer: string, message: string): DomainError {
  return new DomainError("invalid", message, {
    code: "unreadable_document",
    errors: [{ pointer, code: "unreadable_document", message }],
  });
}
