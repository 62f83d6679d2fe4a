import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AskedChat } from "./testing-asked-chat";
import { askedOfResponses, failedResponse, outputText, responseOf } from "./testing-openai-responses";

/** What the fake says: a value (sent as JSON text) with what its tokens' probability is, or a failure. */
export type SaidChat =
  | {
      answer: unknown;
      probability?: number;
      inputTokens?: number;
      outputTokens?: number;
      /** It ended before it was through: at the most tokens, or at a filter. */
      ended?: "length" | "content_filter";
    }
  | { refusal: string }
  /** Of the responses API: HTTP 200 with a response that failed. */
  | { failed: string }
  | { status: number; headers?: Record<string, string>; message?: string }
  /** Answers after so long, or never while the client waits. */
  | { hangMs: number }
  | "cut";

export type OtherRoute = (request: {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}) => { status?: number; body: unknown } | undefined;

/**
 * A server on loopback that speaks OpenAI's API as far as we use it: chat completions and responses, with structured output
 * and token probabilities. `answer` decides each question by itself and its number; `routes` add other paths. Every body is kept.
 */
export async function anOpenAiServer(
  answer: (asked: AskedChat, at: number) => SaidChat | Promise<SaidChat>,
  { routes = [], apiKey = "sk-test" }: { routes?: OtherRoute[]; apiKey?: string | null } = {},
) {
  const asked: AskedChat[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    bodies.push(body);
    if (apiKey !== null && request.headers.authorization !== `Bearer ${apiKey}`)
      return send(response, 401, failure("Incorrect API key provided", "invalid_request_error"));
    const path = new URL(request.url ?? "/", "http://fake").pathname;
    if (request.method === "POST" && path === "/v1/chat/completions") {
      const one = { ...(JSON.parse(body) as Omit<AskedChat, "text">), text: body };
      asked.push(one);
      return say(response, one, await answer(one, asked.length));
    }
    if (request.method === "POST" && path === "/v1/responses") {
      const one = askedOfResponses(body);
      asked.push(one);
      return sayResponse(response, one, await answer(one, asked.length));
    }
    for (const route of routes) {
      const said = route({ method: request.method ?? "", path, headers: request.headers, body });
      if (said) return send(response, said.status ?? 200, said.body);
    }
    return send(response, 404, failure(`Unknown request URL: ${path}`, "invalid_request_error"));
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    bodies,
    host: `127.0.0.1:${port}`,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

type Broken = Extract<SaidChat, string | { hangMs: number } | { status: number }>;

function isBroken(said: SaidChat): said is Broken {
  return said === "cut" || "hangMs" in said || "status" in said;
}

function breakOff(response: ServerResponse, said: Broken): void {
  if (said === "cut") return void response.socket?.destroy();
  if ("hangMs" in said) return void setTimeout(() => response.destroy(), said.hangMs).unref();
  const { status, message = "The fake refuses", headers } = said;
  return send(response, status, failure(message, "server_error"), headers);
}

function sayResponse(response: ServerResponse, asked: AskedChat, said: SaidChat): void {
  if (isBroken(said)) return breakOff(response, said);
  if ("failed" in said) return send(response, 200, failedResponse(asked, said.failed));
  if ("refusal" in said)
    return send(response, 200, responseOf(asked, { content: [{ type: "refusal", refusal: said.refusal }] }));
  const text = typeof said.answer === "string" ? said.answer : JSON.stringify(said.answer);
  const tokens = asked.logprobs ? tokensOf(text, said.probability ?? 0.9) : null;
  const { ended, inputTokens: input, outputTokens: output } = said;
  send(response, 200, responseOf(asked, { content: [outputText(text, tokens)], ended, input, output }));
}

function say(response: ServerResponse, asked: AskedChat, said: SaidChat): void {
  if (isBroken(said)) return breakOff(response, said);
  if ("failed" in said) return send(response, 500, failure(said.failed, "server_error"));
  if ("refusal" in said)
    return send(response, 200, completion(asked, { content: null, refusal: said.refusal }));
  const content = typeof said.answer === "string" ? said.answer : JSON.stringify(said.answer);
  const logprobs = asked.logprobs
    ? { content: tokensOf(content, said.probability ?? 0.9), refusal: null }
    : null;
  send(
    response,
    200,
    completion(
      asked,
      { content, refusal: null },
      { logprobs, input: said.inputTokens, output: said.outputTokens, ended: said.ended },
    ),
  );
}

function completion(
  { model }: AskedChat,
  message: { content: string | null; refusal: string | null },
  more: {
    logprobs?: object | null;
    input?: number | undefined;
    output?: number | undefined;
    ended?: string | undefined;
  } = {},
) {
  const [prompt, output] = [more.input ?? 100, more.output ?? 20];
  return {
    id: "chatcmpl-fake",
    object: "chat.completion",
    created: 1_780_000_000,
    model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", ...message },
        logprobs: more.logprobs ?? null,
        finish_reason: more.ended ?? "stop",
      },
    ],
    usage: { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output },
  };
}

// Words, quotes and signs are tokens; a word has the given probability, everything else is certain.
function tokensOf(content: string, probability: number) {
  return (content.match(/[A-Za-z_]+|\s+|[^A-Za-z_\s]/g) ?? []).map((token) => {
    const logprob = /^[A-Za-z_]/.test(token) ? Math.log(probability) : 0;
    return { token, logprob, bytes: [...Buffer.from(token)], top_logprobs: [] as [] };
  });
}

const failure = (message: string, type: string) => ({ error: { message, type, param: null, code: null } });

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
