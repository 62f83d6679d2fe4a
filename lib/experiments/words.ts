import { counted } from "@/lib/kernel/counted";
import type { CandidateView, ExperimentView, GateView, Span } from "./experiments";
import type {
  CandidateKind,
  DatasetPurpose,
  DatasetStatus,
  ExperimentStatus,
  ResultStatus,
  Split,
} from "./vocabulary";

export const statusWords: Record<ExperimentStatus, string> = {
  draft: "Draft",
  pending: "Waiting",
  running: "Running",
  paused: "Paused",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};
export const statusTones = {
  draft: "idle",
  pending: "idle",
  running: "accent",
  paused: "review",
  done: "approved",
  failed: "declined",
  cancelled: "idle",
} as const satisfies Record<ExperimentStatus, string>;

export const kindWords: Record<CandidateKind, string> = {
  recorded: "What the app said then",
  prompt: "Prompt",
  local_model: "Trained model",
  policy: "Policy",
};
export const purposeWords: Record<DatasetPurpose, string> = {
  evaluation: "Evaluation",
  regression: "Regression",
  training: "Training",
};
export const buildWords: Record<DatasetStatus, string> = {
  building: "Building",
  ready: "Ready",
  failed: "Failed",
};
export const buildTones = { building: "accent", ready: "approved", failed: "declined" } as const;
export const splitWords: Record<Split, string> = { train: "Train", validation: "Validation", test: "Test" };
export const resultWords: Record<ResultStatus, string> = {
  pending: "Not asked yet",
  running: "Being asked",
  done: "Answered",
  failed: "Failed",
  interrupted: "Interrupted: it may have been paid",
};
export const gateWords = { passed: "Passed", failed: "Failed", undecided: "Undecided" } as const;
export const gateTones = { passed: "approved", failed: "declined", undecided: "review" } as const;

export const count = (value: number) => value.toLocaleString("en");

/** How many answers: `1 answer`, `3 answers`. */
export const answersText = (value: number) => counted(value, "answer");

/** A share as `4.2 %`. */
export function percent(value: number): string {
  return `${(value * 100).toFixed(Math.abs(value) < 0.1 ? 2 : 1)} %`;
}

/** A difference of shares in points, with its sign: `+1.3 points`. */
export function points(value: number): string {
  return `${signed(value * 100, 2)} points`;
}

/** A number with its sign; nothing is said of a sign of nothing. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** Micros of a currency unit as money without its name: `0.0042`. */
function moneyOf(micros: number): string {
  return (micros / 1_000_000).toFixed(micros !== 0 && Math.abs(micros) < 1_000_000 ? 4 : 2);
}

/** What costs of an experiment are, with the name of what they are in; `digits` behind the point where it matters. */
export function costOf(micros: number, currencies: readonly string[], digits?: number): string {
  if (micros === 0 && currencies.length === 0) return "nothing";
  const amount =
    digits === undefined || micros === 0 ? moneyOf(micros) : (micros / 1_000_000).toFixed(digits);
  return [amount, ...(currencies.length > 0 ? [currencies.join(" and ")] : [])].join(" ");
}

/** Whether a difference is one: an interval that holds 0 cannot tell. */
export function isTold({ low, high }: Span): boolean {
  return low > 0 || high < 0;
}

/** The gate in words. */
export function gateSentence({
  verdict,
  n,
  difference,
  low,
  high,
  margin,
  needed,
  missing,
}: GateView): string {
  if (n === 0) return "No item was answered by both, so nothing can be said.";
  const seen = `On ${counted(n, "item")} its error is ${points(difference ?? 0)} beside the baseline's (95 % interval ${signed(low * 100, 2)} to ${signed(high * 100, 2)}).`;
  const allowed = percent(margin);
  if (verdict === "passed")
    return `${seen} Even the upper end is within the margin of ${allowed}: not worse.`;
  if (verdict === "failed") return `${seen} Even the lower end is above the margin of ${allowed}: worse.`;
  if (missing > 0)
    return `${seen} ${counted(missing, "item has", "items have")} no answer yet, and nothing passes without them.`;
  const few =
    n < needed
      ? ` At this margin one that answers as the baseline does needs ${count(needed)} items, a better one fewer.`
      : "";
  return `${seen} The interval holds the margin of ${allowed}, so it cannot be told.${few}`;
}

/** How far an experiment is. */
export function progressSentence({
  status,
  done,
  total,
  scores,
  spent_micros: spentMicros,
  cost_currencies: currencies,
}: ExperimentView): string {
  if (total === 0) return status === "pending" ? "Waits for a worker" : "Laying out its items";
  const spent = spentMicros > 0 ? `, ${costOf(spentMicros, currencies)} spent` : "";
  const judged = scores.total > 0 ? `, ${count(scores.done)} of ${count(scores.total)} scores` : "";
  return `${count(done)} of ${count(total)} answers${judged}${spent}`;
}

/** Share of an experiment's answers and scores that are there, 0 to 1; undefined before its items are laid out. */
export function progressShare({ done, total, scores, evaluators }: ExperimentView): number | undefined {
  if (total === 0) return undefined;
  // Scores are laid out once the answers are there: until then each answer is one more to come for each evaluator.
  const all = total + (scores.total > 0 ? scores.total : total * evaluators.length);
  return (done + scores.done) / all;
}

/** How many scores: `1 score`, `3 scores`. */
export const scoresText = (value: number) => (value === 1 ? "1 score" : `${count(value)} scores`);

/** True while a worker has or will have something to do. */
export function isUnderWay(status: ExperimentStatus): boolean {
  return status === "pending" || status === "running";
}

/** Where a candidate's version is shown; null where there is no page of its own. */
export function candidateHref({ kind, ref }: CandidateView, appId: string): string | null {
  if (kind === "prompt" && ref !== null) return `/apps/${appId}/prompts`;
  if (kind === "local_model" && ref !== null) return `/apps/${appId}/learning`;
  if (kind === "policy" && ref !== null) return `/apps/${appId}/policies`;
  return null;
}
