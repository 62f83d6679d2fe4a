/** What looks at a decision and scores it. */
export const evaluatorKinds = [
  "exact",
  "schema",
  "similarity",
  "latency",
  "cost",
  "cel",
  "llm_judge",
  "http",
] as const;
export type EvaluatorKind = (typeof evaluatorKinds)[number];

/** What is scored: the instructions, what the model was given, or what came out. */
export const qualities = ["prompt", "context", "output"] as const;
export type Quality = (typeof qualities)[number];

/** `demoted`: below its floor of agreement with people; it still scores, and no longer counts. */
export const evaluatorStatuses = ["active", "demoted", "archived"] as const;
export type EvaluatorStatus = (typeof evaluatorStatuses)[number];

export const scoreStatuses = ["pending", "running", "done", "failed", "skipped"] as const;
export type ScoreStatus = (typeof scoreStatuses)[number];

/** Who gave a score: the evaluator itself, its own program over the API, or a person it is measured against. */
export const scorers = ["evaluator", "import", "person"] as const;
