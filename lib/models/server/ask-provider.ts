import { APICallError } from "@ai-sdk/provider";
import { createOpenAI } from "@ai-sdk/openai";
import { generateText, jsonSchema, NoObjectGeneratedError, NoOutputGeneratedError, Output } from "ai";
import { checkAgainst } from "@/lib/apps/server/compile-schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { ModelCallError } from "../model-call-error";
import type { TokenLogprob } from "../token-probability";
import { modelFetch, WireFailure } from "./model-fetch";
import { openModelSecret, type ModelRow } from "./model-rows";

/** One question as it goes out: masked already. */
export type Outgoing = {
  messages: readonly { role: "system" | "user" | "assistant"; content: string }[];
  schema?: JsonObject;
  temperature?: number;
  maxOutputTokens?: number;
  wantTokenProbabilities?: boolean;
};

export type ProviderAnswer = {
  output: JsonValue;
  tokens: TokenLogprob[];
  inputTokens: number;
  outputTokens: number;
};

/** Worth another try: the provider is overloaded, broken, or was not reached. `askedMs`: when it said to come back. */
export class Overloaded extends Error {
  override name = "Overloaded";
  constructor(
    message: string,
    readonly askedMs: number | null,
  ) {
    super(message);
  }
}

/** An answer that was paid for and cannot be used. */
export class Unusable extends ModelCallError {
  constructor(
    reason: "unusable_answer" | "refused",
    message: string,
    readonly usage: { inputTokens: number; outputTokens: number },
  ) {
    super(reason, message);
  }
}

/** Asks a model over the network once. Throws Overloaded, Unusable, or ModelCallError for what no repeat would mend. */
export async function askProvider(
  model: ModelRow,
  asked: Outgoing,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  try {
    const { text, usage, finishReason, providerMetadata } = await generateText({
      model: languageModel(model),
      messages: asked.messages
        .filter(({ role }) => role !== "system")
        .map(({ role, content }) =>
          role === "assistant" ? { role, content } : { role: "user" as const, content },
        ),
      ...instructionsOf(asked),
      ...(asked.schema
        ? { output: Output.object({ schema: jsonSchema(asked.schema), name: "answer" }) }
        : {}),
      ...(asked.temperature === undefined ? {} : { temperature: asked.temperature }),
      ...(asked.maxOutputTokens === undefined ? {} : { maxOutputTokens: asked.maxOutputTokens }),
      providerOptions: {
        openai: {
          // Any JSON Schema goes: what comes back is checked here.
          strictJsonSchema: false,
          store: false,
          ...(asked.wantTokenProbabilities && model.givesTokenProbabilities ? { logprobs: true } : {}),
        },
      },
      abortSignal: signal,
      maxRetries: 0,
    });
    const spent = spentOf(usage);
    if (finishReason === "content-filter")
      throw new Unusable("refused", "The model refused to answer", spent);
    if (finishReason === "length") throw cutOff(spent);
    return { output: read(text, asked.schema, spent), tokens: tokensIn(providerMetadata), ...spent };
  } catch (error) {
    throw said(error);
  }
}

function instructionsOf({ messages }: Outgoing): { instructions?: string } {
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  return system.length > 0 ? { instructions: system.join("\n\n") } : {};
}

function languageModel(model: ModelRow) {
  const openai = createOpenAI({
    // An endpoint of one's own may want no key; the client insists on some text.
    apiKey: openModelSecret(model) ?? "none",
    ...(model.baseUrl === null ? { baseURL: "https://api.openai.com/v1" } : { baseURL: model.baseUrl }),
    fetch: modelFetch({ timeoutMs: model.timeoutMs }),
  });
  return model.api === "responses" ? openai.responses(model.modelId) : openai.chat(model.modelId);
}

type Usage = { inputTokens?: number | undefined; outputTokens?: number | undefined };
const spentOf = (usage: Usage | undefined) => {
  return { inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0 };
};

function read(text: string, schema: JsonObject | undefined, spent: ReturnType<typeof spentOf>): JsonValue {
  if (!schema) return text;
  let output: JsonValue;
  try {
    // JSON.parse gives JSON.
    output = JSON.parse(text) as JsonValue;
  } catch {
    throw new Unusable("unusable_answer", "The model's answer is not JSON", spent);
  }
  const [first] = checkAgainst(schema, output, "");
  if (!first) return output;
  const where = first.pointer === "" ? "The answer" : first.pointer;
  throw new Unusable(
    "unusable_answer",
    `The model's answer does not have the shape asked for: ${where} ${first.message}`.slice(0, 300),
    spent,
  );
}

function tokensIn(metadata: unknown): TokenLogprob[] {
  const openai = memberOf(metadata, "openai");
  const found = memberOf(openai, "logprobs");
  return Array.isArray(found)
    ? found.flat().flatMap((item: unknown) => {
        const [token, logprob] = [memberOf(item, "token"), memberOf(item, "logprob")];
        return typeof token === "string" && typeof logprob === "number" ? [{ token, logprob }] : [];
      })
    : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function said(error: unknown): Error {
  if (error instanceof ModelCallError) return error;
  if (NoObjectGeneratedError.isInstance(error)) {
    const spent = spentOf(error.usage);
    if (error.finishReason === "length") return cutOff(spent);
    return error.finishReason === "content-filter"
      ? new Unusable("refused", "The model refused to answer", spent)
      : new Unusable("unusable_answer", "The model's answer does not have the shape asked for", spent);
  }
  if (NoOutputGeneratedError.isInstance(error))
    return new Unusable("unusable_answer", "The model gave no answer", spentOf(undefined));
  if (APICallError.isInstance(error)) {
    const { statusCode: status, responseHeaders } = error;
    if (status === undefined || status === 408 || status === 409 || status === 429 || status >= 500)
      return new Overloaded(
        status === undefined
          ? "The model's provider was not reached"
          : `The model's provider answered HTTP ${status}`,
        retryAfter(responseHeaders),
      );
    // It answered, and what it answered may have been paid for: nobody asks again by themselves.
    if (status < 300)
      return new ModelCallError(
        "unusable_answer",
        "The model's provider gave no answer that can be read",
        error,
      );
    return new ModelCallError("provider", `The model's provider refused the request (HTTP ${status})`, error);
  }
  if (error instanceof WireFailure) return new Overloaded("The model's provider was not reached", null);
  return new ModelCallError("provider", "The model's provider gave no answer that can be read", error);
}

function cutOff(spent: ReturnType<typeof spentOf>): Unusable {
  return new Unusable(
    "unusable_answer",
    "The model's answer was cut off at the most tokens it may have",
    spent,
  );
}

function retryAfter(headers: Record<string, string> | undefined): number | null {
  const seconds = Number(headers?.["retry-after"] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
