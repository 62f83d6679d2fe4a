import type { Tone } from "@/components/ui/badge";
import { decimal, percent } from "@/components/charts/chart-theme";
import type { Figure } from "@/lib/evaluators/views";
import type { EvaluatorKind, EvaluatorStatus, Quality, ScoreStatus } from "@/lib/evaluators/vocabulary";

export const kindWords: Record<EvaluatorKind, { label: string; sentence: string }> = {
  exact: { label: "Exact", sentence: "The proposal and its arguments against what was right." },
  schema: { label: "Schema", sentence: "The arguments, or the rationale, against a JSON Schema." },
  similarity: { label: "Similarity", sentence: "A text among the arguments against the corrected one." },
  latency: { label: "Time", sentence: "How long the model took, against a limit." },
  cost: { label: "Cost", sentence: "What the model cost, against a limit." },
  cel: { label: "Expression", sentence: "An expression over the decision: true or false, or 0 to 1." },
  llm_judge: { label: "LLM judge", sentence: "A model reads the case and judges it by your rubric." },
  http: { label: "Own service", sentence: "Your own program is asked, with a signed message." },
};

export const qualityWords: Record<Quality, string> = {
  output: "Output: what came out",
  context: "Context: what it was given",
  prompt: "Prompt: how it was asked",
};

export const statusWords: Record<EvaluatorStatus, { label: string; tone: Tone }> = {
  active: { label: "Counts", tone: "approved" },
  demoted: { label: "Does not count", tone: "escalated" },
  archived: { label: "Archived", tone: "idle" },
};

export const scoreWords: Record<ScoreStatus, string> = {
  pending: "Waits",
  running: "Is scored",
  done: "Scored",
  failed: "Failed",
  skipped: "Cannot be told",
};

/** `82.0 % (74.1 to 88.2 %)`; null says why there is none. */
export function shareText(share: Figure | null): string | null {
  return share && `${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`;
}

/** `0.41 (0.35 to 0.47)` */
export function kappaText(kappa: Figure | null): string | null {
  return kappa && `${decimal(kappa.value)} (${decimal(kappa.low)} to ${decimal(kappa.high)})`;
}

/** `passes 4.0 % more than people do` */
export function biasText(bias: number | null): string | null {
  if (bias === null) return null;
  if (Math.abs(bias) < 0.0005) return "passes as much as people do";
  return `passes ${percent(Math.abs(bias))} ${bias > 0 ? "more" : "less"} than people do`;
}

/** `2 hours`, `3 days`: a delay as people say it. */
export function delayText(seconds: number): string {
  const units = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ] as const;
  const [name, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? ["second", 1];
  const count = seconds / size;
  return `${count.toLocaleString("en")} ${name}${count === 1 ? "" : "s"}`;
}
