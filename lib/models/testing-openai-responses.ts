import type {
  Response,
  ResponseCreateParams,
  ResponseOutputMessage,
} from "openai/resources/responses/responses";
import type { AskedChat } from "./testing-asked-chat";

/** A request to the responses API as it came, told as a chat's. */
export function askedOfResponses(body: string): AskedChat {
  const { model, input, instructions, temperature, text, top_logprobs, include } = JSON.parse(
    body,
  ) as ResponseCreateParams;
  const told = typeof input === "string" ? [{ role: "user", content: input }] : (input ?? []);
  const messages = told.flatMap((item) =>
    "role" in item && "content" in item ? [{ role: item.role, content: textOf(item.content) }] : [],
  );
  const format = text?.format;
  return {
    model: model ?? "",
    messages: instructions ? [{ role: "system", content: instructions }, ...messages] : messages,
    ...(typeof temperature === "number" ? { temperature } : {}),
    logprobs: top_logprobs !== undefined || include?.includes("message.output_text.logprobs") === true,
    ...(format?.type === "json_schema"
      ? { response_format: { type: "json_schema", json_schema: { schema: format.schema } } }
      : {}),
    text: body,
  };
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: unknown) =>
      typeof part === "object" && part !== null && "text" in part ? String(part.text) : "",
    )
    .join("");
}

type Token = { token: string; logprob: number; bytes: number[]; top_logprobs: [] };
type Answered = {
  content: ResponseOutputMessage["content"];
  ended?: "length" | "content_filter" | undefined;
  input?: number | undefined;
  output?: number | undefined;
};

/** A part of an answer with its tokens' probabilities, or without. */
export function outputText(text: string, tokens: Token[] | null): ResponseOutputMessage["content"][number] {
  return { type: "output_text", text, annotations: [], ...(tokens ? { logprobs: tokens } : {}) };
}

/** A response as the official client reads it: completed, or incomplete and why. */
export function responseOf(
  { model }: AskedChat,
  { content, ended, input = 100, output = 20 }: Answered,
): Response {
  const status = ended === undefined ? "completed" : "incomplete";
  const reason = ended === "length" ? "max_output_tokens" : "content_filter";
  return {
    ...empty(model),
    status,
    incomplete_details: ended === undefined ? null : { reason },
    output: [{ type: "message", id: "msg_fake", role: "assistant", status, content }],
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
  };
}

/** A response that failed on the provider's side, told with HTTP 200. */
export function failedResponse({ model }: AskedChat, message: string): Response {
  return { ...empty(model), status: "failed", error: { code: "server_error", message } };
}

function empty(model: string): Response {
  return {
    id: "resp_fake",
    object: "response",
    created_at: 1_780_000_000,
    output_text: "",
    model,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    output: [],
    parallel_tool_calls: true,
    temperature: 0,
    tool_choice: "auto",
    tools: [],
    top_p: 1,
    access_programs: null,
  };
}
