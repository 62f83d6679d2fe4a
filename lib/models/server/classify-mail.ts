import { APICallError, type LanguageModelV4 } from "@ai-sdk/provider";
import { generateText, NoObjectGeneratedError, NoOutputGeneratedError, Output } from "ai";
import { mailInstructions, mailPrompt, mailPromptVersion } from "@/lib/models/mail-prompt";
import { ModelCallError } from "@/lib/models/model-call-error";
import { MailAnswer, type MailMessage } from "@/lib/models/schema";

/** A model's answer about one message; positive means quarantine. `latencyMs` is wall time, retries included. */
export type MailClassification = {
  predicted: "positive" | "negative";
  confidence: number;
  rationale: string;
  model: string;
  promptVersion: string;
  usage: { inputTokens: number; outputTokens: number };
  latencyMs: number;
};

export type ClassifyOptions = { timeoutMs?: number; maxRetries?: number };

const longestRationale = 500;

/**
 * Asks a model about one message. Throws `ModelCallError` when it is too slow (`timeoutMs`, 20 s), cannot be reached or refuses, or
 * answers something other than what was asked, a confidence outside [0,1] included.
 */
export async function classifyMail(
  model: LanguageModelV4,
  message: MailMessage,
  { timeoutMs = 20_000, maxRetries = 1 }: ClassifyOptions = {},
): Promise<MailClassification> {
  const started = performance.now();
  const { answer, usage } = await ask(model, message, AbortSignal.timeout(timeoutMs), maxRetries);
  if (!(answer.confidence >= 0 && answer.confidence <= 1)) {
    throw new ModelCallError("unusable_answer", `The model stated a confidence of ${answer.confidence}`);
  }
  return {
    predicted: answer.label === "spam" ? "positive" : "negative",
    confidence: answer.confidence,
    rationale: answer.rationale.slice(0, longestRationale).toWellFormed(),
    model: `${model.provider}/${model.modelId}`,
    promptVersion: mailPromptVersion,
    usage: { inputTokens: usage.inputTokens ?? 0, outputTokens: usage.outputTokens ?? 0 },
    latencyMs: performance.now() - started,
  };
}

async function ask(model: LanguageModelV4, message: MailMessage, deadline: AbortSignal, maxRetries: number) {
  try {
    const { output, usage } = await generateText({
      model,
      instructions: mailInstructions,
      prompt: mailPrompt(message),
      output: Output.object({ schema: MailAnswer, name: "mail_answer" }),
      abortSignal: deadline,
      maxRetries,
    });
    return { answer: output, usage };
  } catch (error) {
    if (deadline.aborted) throw new ModelCallError("timeout", "The model did not answer in time", error);
    if (NoObjectGeneratedError.isInstance(error) || NoOutputGeneratedError.isInstance(error)) {
      throw new ModelCallError(
        "unusable_answer",
        "The model's answer does not have the shape asked for",
        error,
      );
    }
    const status = APICallError.isInstance(error) && error.statusCode ? ` (HTTP ${error.statusCode})` : "";
    throw new ModelCallError("provider", `The model's provider gave no answer${status}`, error);
  }
}
