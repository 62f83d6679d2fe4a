import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModelV4 } from "@ai-sdk/provider";

/** The environment that chooses: all are strings as the process has them; unset means local. */
export type ModelEnvironment = {
  COUNTERSIGN_MAIL_MODEL?: string | undefined;
  OPENAI_API_KEY?: string | undefined;
  OPENAI_BASE_URL?: string | undefined;
};

/**
 * The model named by COUNTERSIGN_MAIL_MODEL: null for `local` (the default: the classifier trained here), `openai:<model>` (responses
 * API) or `openai-chat:<model>` (chat completions, which most compatible servers speak). The latter two need OPENAI_API_KEY, and
 * OPENAI_BASE_URL points them elsewhere. Throws a sentence that says what to set.
 */
export function chooseModel(environment: ModelEnvironment): LanguageModelV4 | null {
  const choice = environment.COUNTERSIGN_MAIL_MODEL?.trim() || "local";
  if (choice === "local") return null;
  const [, kind, modelId] = /^(openai|openai-chat):(\S+)$/.exec(choice) ?? [];
  if (!kind || !modelId) {
    throw new Error(
      `COUNTERSIGN_MAIL_MODEL is "${choice}": set it to local, openai:<model> or openai-chat:<model>`,
    );
  }
  if (!environment.OPENAI_API_KEY) {
    throw new Error(`COUNTERSIGN_MAIL_MODEL is "${choice}", which needs OPENAI_API_KEY`);
  }
  const openai = createOpenAI({
    apiKey: environment.OPENAI_API_KEY,
    ...(environment.OPENAI_BASE_URL ? { baseURL: environment.OPENAI_BASE_URL } : {}),
  });
  return kind === "openai" ? openai.responses(modelId) : openai.chat(modelId);
}
