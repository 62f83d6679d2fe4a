import {
  InvalidPromptError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4StreamPart,
  type SharedV4Warning,
} from "@ai-sdk/provider";
import type { LocalClassifier } from "@/lib/models/local-classifier";
import { rationaleOf } from "@/lib/models/rationale";
import type { MailAnswer } from "@/lib/models/schema";

/**
 * The local classifier behind the AI SDK's provider interface, so that `generateText` with a structured output works on it as on any
 * model. It reads the last user message and answers `{label, confidence, rationale}` as JSON, whatever it is told besides.
 */
export function localModel(classifier: LocalClassifier, modelId = "naive-bayes"): LanguageModelV4 {
  const answer = async (options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> => {
    options.abortSignal?.throwIfAborted();
    return answerTo(options, classifier, modelId);
  };
  return {
    specificationVersion: "v4",
    provider: "local",
    modelId,
    supportedUrls: {},
    doGenerate: answer,
    async doStream(options) {
      const { content, finishReason, usage, warnings } = await answer(options);
      const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("");
      const parts: LanguageModelV4StreamPart[] = [
        { type: "stream-start", warnings },
        { type: "response-metadata", modelId },
        { type: "text-start", id: "answer" },
        { type: "text-delta", id: "answer", delta: text },
        { type: "text-end", id: "answer" },
        { type: "finish", finishReason, usage },
      ];
      return { stream: streamOf(parts) };
    },
  };
}

function streamOf<Part>(parts: readonly Part[]): ReadableStream<Part> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

function answerTo(
  options: LanguageModelV4CallOptions,
  classifier: LocalClassifier,
  modelId: string,
): LanguageModelV4GenerateResult {
  const prompt = lastUserText(options);
  const { label, confidence, telling } = classifier.classify(prompt);
  const answer: MailAnswer = { label, confidence, rationale: rationaleOf(telling) };
  const text = JSON.stringify(answer);
  return {
    content: [{ type: "text", text }],
    finishReason: { unified: "stop", raw: undefined },
    usage: {
      inputTokens: { total: wordCount(prompt), noCache: wordCount(prompt), cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: wordCount(text), text: wordCount(text), reasoning: 0 },
    },
    warnings: unsupported(options),
    response: { modelId },
  };
}

function lastUserText({ prompt }: LanguageModelV4CallOptions): string {
  const message = prompt.findLast(({ role }) => role === "user");
  if (message?.role !== "user")
    throw new InvalidPromptError({ prompt, message: "no user message to classify" });
  return message.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** It has no tokens of its own: words stand for them. */
function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

function unsupported({ tools, temperature }: LanguageModelV4CallOptions): SharedV4Warning[] {
  return [
    ...(tools?.length ? [{ type: "unsupported" as const, feature: "tools" }] : []),
    ...(temperature ? [{ type: "unsupported" as const, feature: "temperature" }] : []),
  ];
}
