import type { McpAction } from "@/lib/apps/action-config";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { referenceAt } from "./classify-answer";
import type { Answer, Classified } from "./connector";

type Reading = Pick<McpAction, "error_means_nothing_happened" | "reference_pointer" | "reports_back"> & {
  /** The action's success schema. */
  isSuccess: (body: JsonValue) => boolean;
  /** No earlier send of this execution can have reached the target. */
  first: boolean;
};

/** What a reply to `tools/call` says: a result, the tool's own error, the protocol's, or nothing that can be read. */
export type ToolResult =
  | { kind: "result"; value: JsonValue }
  | { kind: "tool_error"; sentence: string; value: JsonValue }
  | { kind: "rpc_error"; code: number; sentence: string }
  | { kind: "unreadable" };

// JSON-RPC: it was not JSON, not a request, not a method, or not its parameters; no tool was run.
const notRun = new Set([-32_700, -32_600, -32_601, -32_602]);
// The transport: an input that cannot be accepted is answered so.
const notAccepted = new Set([400, 401, 403, 404, 405, 406, 415]);

/** The result in a JSON-RPC reply: its structured content, the JSON of its only text, or its content as it is. */
export function toolResult(reply: JsonValue | undefined): ToolResult {
  if (!isJsonObject(reply)) return { kind: "unreadable" };
  if (isJsonObject(reply.error)) {
    const { code, message } = reply.error;
    return {
      kind: "rpc_error",
      code: typeof code === "number" ? code : 0,
      sentence: typeof message === "string" ? message.slice(0, 500) : "no reason given",
    };
  }
  if (!isJsonObject(reply.result)) return { kind: "unreadable" };
  const value = valueOf(reply.result);
  return reply.result.isError === true
    ? { kind: "tool_error", sentence: textsOf(reply.result).join(" ").slice(0, 500), value }
    : { kind: "result", value };
}

/**
 * What the answer to a tool call means. That a tool says `isError` says nothing certain of what it did before it
 * failed, unless the action declares that it does.
 */
export function classifyToolAnswer(answer: Answer, reading: Reading): Classified {
  if (answer.kind === "not_sent") {
    const status = reading.first ? "pending" : "unknown";
    return { ...nothing, outcome: "not_sent", status, error: answer.error };
  }
  if (answer.kind === "no_answer") return ambiguous(answer.error);
  if (notAccepted.has(answer.status))
    return refused(reading, `It did not accept the call (${answer.status})`);
  if (answer.status !== 200) return ambiguous(`It answered ${answer.status}, which says neither yes nor no`);
  const result = toolResult(answer.body);
  switch (result.kind) {
    case "unreadable":
      return ambiguous("It answered with something that is not a tool's result");
    case "rpc_error":
      return notRun.has(result.code)
        ? refused(reading, `It refused (${result.code}): ${result.sentence}`)
        : ambiguous(`It answered with an error (${result.code}): ${result.sentence}`);
    case "tool_error":
      return reading.error_means_nothing_happened
        ? refused(reading, `The tool refused: ${result.sentence}`, result.value)
        : ambiguous(`The tool failed, and may have done something before: ${result.sentence}`);
    case "result":
      return classifyResult(result.value, reading);
  }
}

function classifyResult(value: JsonValue, reading: Reading): Classified {
  if (!reading.isSuccess(value)) return ambiguous("It answered, but not with what a success looks like");
  const reference = referenceAt(value, reading.reference_pointer);
  const outcome = reading.reports_back ? "accepted" : "succeeded";
  return {
    outcome,
    status: reading.reports_back ? "unknown" : "succeeded",
    reference,
    result: value,
    error: null,
  };
}

const nothing = { reference: null, result: null } as const;

function refused({ first }: Reading, error: string, result: JsonValue = null): Classified {
  return { ...nothing, outcome: "refused", status: first ? "failed" : "unknown", result, error };
}

function ambiguous(error: string): Classified {
  return { ...nothing, outcome: "ambiguous", status: "unknown", error };
}

function valueOf(result: JsonObject): JsonValue {
  if (isJsonObject(result.structuredContent)) return result.structuredContent;
  const texts = textsOf(result);
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) {
    try {
      const value: unknown = JSON.parse(only);
      if (isJsonObject(value)) return value;
    } catch {
      // Prose: it stays the text it is.
    }
  }
  return { content: result.content ?? [] };
}

function textsOf({ content }: JsonObject): string[] {
  return (Array.isArray(content) ? content : []).flatMap((part) =>
    isJsonObject(part) && typeof part.text === "string" ? part.text : [],
  );
}
