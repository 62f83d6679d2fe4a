import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import { generateText, Output, streamText } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { afterEach, describe, expect, test } from "vitest";
import { trainClassifier } from "@/lib/models/local-classifier";
import { mailPrompt, mailPromptVersion } from "@/lib/models/mail-prompt";
import { ModelCallError } from "@/lib/models/model-call-error";
import { MailAnswer } from "@/lib/models/schema";
import { chooseModel } from "./choose-model";
import { classifyMail } from "./classify-mail";
import { localModel } from "./local-provider";

const message = { from: "shop@example.com", subject: "Cheap viagra", text: "Click now to buy cheap viagra" };
const reply = {
  from: "ann@example.org",
  subject: "Re: patch",
  text: "The patch works, Bob wrote on the list",
};
const classifier = trainClassifier([
  { prompt: mailPrompt(message), label: "spam" },
  { prompt: mailPrompt(reply), label: "ham" },
]);
const local = localModel(classifier);

const usage = {
  inputTokens: { total: 11, noCache: 11, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 7, text: 7, reasoning: 0 },
};
function answering(text: string): MockLanguageModelV4 {
  return new MockLanguageModelV4({
    doGenerate: {
      content: [{ type: "text", text }],
      finishReason: { unified: "stop", raw: "stop" },
      usage,
      warnings: [],
    },
  });
}

describe("the local model behind the provider interface", () => {
  test("answers generateText with a structured output", async () => {
    const { output, usage: used } = await generateText({
      model: local,
      prompt: mailPrompt(message),
      output: Output.object({ schema: MailAnswer }),
    });
    expect(output.label).toBe("spam");
    expect(output.confidence).toBe(classifier.classify(mailPrompt(message)).confidence);
    expect(output.rationale).toContain("→ spam");
    expect(used.inputTokens).toBeGreaterThan(0);
  });

  test("streams the same answer", async () => {
    const { output } = streamText({
      model: local,
      prompt: mailPrompt(reply),
      output: Output.object({ schema: MailAnswer }),
    });
    expect(await output).toMatchObject({ label: "ham", rationale: expect.stringContaining("→ ham") });
  });

  test("classifies mail with its own confidence", async () => {
    const found = await classifyMail(local, message);
    expect(found).toMatchObject({
      predicted: "positive",
      confidence: classifier.classify(mailPrompt(message)).confidence,
      model: "local/naive-bayes",
      promptVersion: mailPromptVersion,
    });
    expect(found.latencyMs).toBeGreaterThanOrEqual(0);
    expect(await classifyMail(local, reply)).toMatchObject({ predicted: "negative" });
  });
});

describe("any other model in its place", () => {
  test("is asked with the instructions apart from the message, and believed as it stands", async () => {
    const mock = answering(JSON.stringify({ label: "ham", confidence: 0.61, rationale: "a reply" }));
    expect(await classifyMail(mock, message)).toMatchObject({
      predicted: "negative",
      confidence: 0.61,
      rationale: "a reply",
      usage: { inputTokens: 11, outputTokens: 7 },
    });
    const [call] = mock.doGenerateCalls;
    expect(call?.prompt.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(call?.responseFormat).toMatchObject({
      type: "json",
      schema: { required: expect.arrayContaining(["label"]) },
    });
  });

  test.each([
    ["prose", "I think it is spam."],
    ["another label", JSON.stringify({ label: "phish", confidence: 0.9, rationale: "" })],
    ["no confidence", JSON.stringify({ label: "spam", rationale: "" })],
    ["a confidence in words", JSON.stringify({ label: "spam", confidence: "NaN", rationale: "" })],
    ["a confidence of 1.5", JSON.stringify({ label: "spam", confidence: 1.5, rationale: "" })],
    ["a negative confidence", JSON.stringify({ label: "spam", confidence: -0.1, rationale: "" })],
    ["nothing", ""],
  ])("answering with %s is refused as unusable", async (_, text) => {
    const failure = await classifyMail(answering(text), message).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ModelCallError);
    expect(failure).toMatchObject({ reason: "unusable_answer" });
  });

  test("that never answers is given up at the deadline", async () => {
    const silent = new MockLanguageModelV4({
      doGenerate: ({ abortSignal }) =>
        new Promise((_, reject) => abortSignal?.addEventListener("abort", () => reject(abortSignal.reason))),
    });
    const failure = await classifyMail(silent, message, { timeoutMs: 30 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ModelCallError);
    expect(failure).toMatchObject({ reason: "timeout" });
  });
});

describe("an OpenAI model by configuration", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  /** A local stand-in for the API: records what it is sent and gives one answer to everything. */
  async function standIn(status: number, body: unknown) {
    const seen: { path: string; authorization: string | undefined; body: Record<string, unknown> }[] = [];
    server = createServer((request, response) => {
      void read(request).then((sent) => {
        seen.push({
          path: request.url ?? "",
          authorization: request.headers.authorization,
          body: JSON.parse(sent),
        });
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
    // A server on a TCP port has an address of this shape.
    const { port } = server.address() as AddressInfo;
    const model = (choice: string): LanguageModelV4 => {
      const chosen = chooseModel({
        COUNTERSIGN_MAIL_MODEL: choice,
        OPENAI_API_KEY: "test-key",
        OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      });
      if (!chosen) throw new Error("the local model was chosen");
      return chosen;
    };
    return { seen, model };
  }

  const text = JSON.stringify({ label: "spam", confidence: 0.87, rationale: "an offer" });

  test("answers over the responses API", async () => {
    const { seen, model } = await standIn(200, {
      id: "resp_1",
      object: "response",
      created_at: 1,
      model: "gpt-test",
      output: [
        {
          type: "message",
          role: "assistant",
          id: "msg_1",
          status: "completed",
          content: [{ type: "output_text", text, annotations: [] }],
        },
      ],
      usage: { input_tokens: 50, output_tokens: 20, total_tokens: 70 },
    });
    const found = await classifyMail(model("openai:gpt-test"), message);
    expect(found).toMatchObject({ predicted: "positive", confidence: 0.87, rationale: "an offer" });
    expect(found.model).toBe("openai.responses/gpt-test");
    expect(found.usage).toEqual({ inputTokens: 50, outputTokens: 20 });
    expect(seen[0]).toMatchObject({ path: "/v1/responses", authorization: "Bearer test-key" });
    expect(seen[0]?.body).toMatchObject({
      model: "gpt-test",
      text: { format: { type: "json_schema", strict: true } },
    });
  });

  test("answers over chat completions", async () => {
    const { seen, model } = await standIn(200, {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: "gpt-test",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
      usage: { prompt_tokens: 40, completion_tokens: 12, total_tokens: 52 },
    });
    const found = await classifyMail(model("openai-chat:gpt-test"), message);
    expect(found).toMatchObject({ predicted: "positive", confidence: 0.87, model: "openai.chat/gpt-test" });
    expect(found.usage).toEqual({ inputTokens: 40, outputTokens: 12 });
    expect(seen[0]?.path).toBe("/v1/chat/completions");
  });

  test.each([401, 429, 500])(
    "that answers HTTP %d is a provider's failure, said without the key",
    async (status) => {
      const { seen, model } = await standIn(status, { error: { message: "no", type: "error", code: null } });
      const failure = await classifyMail(model("openai:gpt-test"), message, { maxRetries: 0 }).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(ModelCallError);
      expect(failure).toMatchObject({ reason: "provider" });
      expect(String(failure)).toContain(`HTTP ${status}`);
      expect(String(failure)).not.toContain("test-key");
      expect(seen).toHaveLength(1);
    },
  );

  test("that cannot be reached is a provider's failure", async () => {
    const { model } = await standIn(200, {});
    const unreachable = model("openai:gpt-test");
    await new Promise((closed) => server?.close(closed));
    await expect(classifyMail(unreachable, message, { maxRetries: 0 })).rejects.toMatchObject({
      reason: "provider",
    });
  });

  test("is not needed: unset means the local model", () => {
    expect(chooseModel({})).toBeNull();
    expect(chooseModel({ COUNTERSIGN_MAIL_MODEL: "local" })).toBeNull();
  });

  test.each([
    [{ COUNTERSIGN_MAIL_MODEL: "openai:gpt-test" }, "OPENAI_API_KEY"],
    [{ COUNTERSIGN_MAIL_MODEL: "gpt-test", OPENAI_API_KEY: "k" }, "openai:<model>"],
    [{ COUNTERSIGN_MAIL_MODEL: "openai:", OPENAI_API_KEY: "k" }, "openai:<model>"],
  ])("configured wrongly says what to set (%o)", (environment, hint) => {
    expect(() => chooseModel(environment)).toThrow(hint);
  });
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
