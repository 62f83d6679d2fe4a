/** How a model is reached: OpenAI's API or one that speaks it, or a classifier trained here that needs no key. */
export const modelProviders = ["openai", "openai_compatible", "local"] as const;
export type ModelProvider = (typeof modelProviders)[number];

/** Which of OpenAI's APIs is spoken. */
export const modelApis = ["chat", "responses"] as const;

/** What a model was called for. Only `decision` ever leads to something being done. */
export const runPurposes = [
  "decision",
  "shadow",
  "playground",
  "experiment",
  "judge",
  "llm_auditor",
] as const;
export type RunPurpose = (typeof runPurposes)[number];

/** `interrupted`: the process ended while the model was asked; it may have been paid, so nobody asks again by itself. */
export const runStatuses = ["running", "succeeded", "failed", "interrupted"] as const;
export type RunStatus = (typeof runStatuses)[number];

/** Where a run's confidence comes from. `combined` is a fitted map over the others. */
export const confidenceSources = ["verbalised", "token_probability", "self_consistency", "combined"] as const;
export type ConfidenceSource = (typeof confidenceSources)[number];

/** A classifier trained here: from candidate through shadow to active, with two people's signatures. */
export const artifactStatuses = ["candidate", "shadow", "active", "retired"] as const;
export type ArtifactStatus = (typeof artifactStatuses)[number];

/** A request to make a decision from an input, from its key's first use on; `failed` has no decision. */
export const runRequestStatuses = ["running", "done", "failed"] as const;

/** What the shadow version of a prompt says of a decision the active one made. */
export const shadowAnswerStatuses = ["pending", "running", "done", "failed", "interrupted"] as const;
