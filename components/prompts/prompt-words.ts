import type { ConfidenceSource } from "@/lib/models/vocabulary";
import type { PromptStatus } from "@/lib/prompts/vocabulary";

export const sourceWords: Record<ConfidenceSource, string> = {
  verbalised: "What the model states",
  token_probability: "Probability of its tokens",
  self_consistency: "Agreement among samples",
  combined: "Fitted combination",
};

export const statusWords: Record<
  PromptStatus,
  { word: string; tone: "idle" | "accent" | "approved" | "neutral" }
> = {
  draft: { word: "Draft", tone: "neutral" },
  shadow: { word: "In shadow", tone: "accent" },
  active: { word: "Active", tone: "approved" },
  retired: { word: "Retired", tone: "idle" },
};

/** What a model proposes, in words. */
export const wayWord = (predicted: string) => (predicted === "positive" ? "Act" : "Leave as it is");
