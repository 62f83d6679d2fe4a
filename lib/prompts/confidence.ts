import type { ConfidenceSource } from "@/lib/models/vocabulary";
import { fitLogistic, insideUnit, sigmoid, type LogisticPoint } from "@/lib/stats/logistic";
import type { Combination } from "./settings";

export type Confidences = Partial<Record<ConfidenceSource, number>>;
/** A judged answer: what each source said, whether it was right, and how much it counts (one over its propensity). */
export type JudgedAnswer = { id: string; confidences: Confidences; right: boolean; weight: number };

const own = ["verbalised", "token_probability", "self_consistency"] as const;
const folds = 5;
/** Judged answers, and right and wrong ones among them, that a fit takes at least. */
export const leastJudged = { all: 50, each: 5 };
/** No source is wholly sure: 0 and 1 are moved this far inside, as ten thousand samples would. */
const surest = 1e-4;

/** The probability a combination gives to an answer; null where a source it weighs is missing. */
export function combine(
  { weights, constant }: Pick<Combination, "weights" | "constant">,
  said: Confidences,
): number | null {
  let sum = constant;
  for (const source of own) {
    const weight = weights[source];
    if (weight === undefined) continue;
    const value = said[source];
    if (value === undefined) return null;
    sum += weight * logit(value);
  }
  return sigmoid(sum);
}

/** The sources that every judged answer has; the combination weighs those. */
export function sharedSources(judged: readonly JudgedAnswer[]) {
  return own.filter(
    (source) => judged.length > 0 && judged.every(({ confidences }) => confidences[source] !== undefined),
  );
}

/**
 * A logistic map over the logits of the sources, by weighted likelihood with a trace of doubt (two half-answers, right and
 * wrong, one logit along each source), so that sources that never erred yet keep a finite weight. `scores` are
 * cross-fitted: each of five parts is judged by a fit on the other four. Null where there is too little to fit.
 */
export function fitCombination(
  judged: readonly JudgedAnswer[],
): Pick<Combination, "weights" | "constant" | "scores"> | null {
  const rights = judged.filter(({ right }) => right).length;
  if (judged.length < leastJudged.all || Math.min(rights, judged.length - rights) < leastJudged.each)
    return null;
  const sources = sharedSources(judged);
  if (sources.length === 0) return null;
  const scores: Combination["scores"] = {};
  for (const source of sources)
    scores[source] = scoreOf(judged, ({ confidences }) => confidences[source] ?? 0.5);
  const parts = judged
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((answer, at) => ({ answer, part: at % folds }));
  const fits = Array.from({ length: folds }, (_, part) => {
    return fit(
      parts.flatMap((one) => (one.part === part ? [] : [one.answer])),
      sources,
    );
  });
  const partOf = new Map(parts.map(({ answer, part }) => [answer.id, part]));
  scores.combined = scoreOf(judged, ({ id, confidences }) => {
    const fitted = fits[partOf.get(id) ?? 0];
    return (fitted && combine(fitted, confidences)) ?? 0.5;
  });
  return { ...fit(judged, sources), scores };
}

type Source = (typeof own)[number];

function fit(judged: readonly JudgedAnswer[], sources: readonly Source[]) {
  const points: LogisticPoint[] = judged.map(({ confidences, right, weight }) => {
    return { x: sources.map((source) => logit(confidences[source] ?? 0.5)), y: right ? 1 : 0, weight };
  });
  const doubts = sources.flatMap((_, at) =>
    [-1, 1].flatMap((way) =>
      [0, 1].map((y) => ({ x: sources.map((__, i) => (i === at ? way : 0)), y, weight: 0.5 })),
    ),
  );
  const beta = fitLogistic([...points, ...doubts], [...sources.map(() => 1 / sources.length), 0]);
  const weights: Combination["weights"] = {};
  sources.forEach((source, at) => (weights[source] = beta[at] ?? 0));
  return { weights, constant: beta.at(-1) ?? 0 };
}

function scoreOf(judged: readonly JudgedAnswer[], said: (answer: JudgedAnswer) => number) {
  let [weight, brier, loss] = [0, 0, 0];
  for (const answer of judged) {
    const p = Math.min(1 - surest, Math.max(surest, said(answer)));
    weight += answer.weight;
    brier += answer.weight * (p - (answer.right ? 1 : 0)) ** 2;
    loss -= answer.weight * Math.log(answer.right ? p : 1 - p);
  }
  return { n: judged.length, brier: brier / weight, log_loss: loss / weight };
}

function logit(p: number): number {
  const inside = insideUnit(Math.min(1 - surest, Math.max(surest, p)));
  return Math.log(inside / (1 - inside));
}
