import { type Segment } from "@/lib/apps/schema";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import { bootstrapInterval } from "@/lib/stats/bootstrap";
import { brierScore } from "@/lib/stats/brier";
import { calibrationErrorInterval, expectedCalibrationError } from "@/lib/stats/calibration-error";
import { normalQuantile } from "@/lib/stats/normal-quantile";
import { equalWidthBins } from "@/lib/stats/reliability-bins";
import { seededRandom } from "@/lib/stats/seeded-random";
import { tangoInterval } from "@/lib/stats/tango";
import { wilsonInterval } from "@/lib/stats/wilson";
import type { Ends, Figures, GateView, SegmentRow, Span, Versus } from "./experiments";
import { gateOf } from "./gate";
import type { ResultStatus } from "./vocabulary";

/** One candidate's answer to one item. `argumentsRight`: null where the right ones are not known or it would not act. */
export type Answer = {
  status: ResultStatus;
  predicted: Prediction | null;
  confidence: number | null;
  costMicros: number | null;
  latencyMs: number | null;
  argumentsRight: boolean | null;
  asksPerson: boolean | null;
};

/** An item with what is right of it, the values of its segments, and every candidate's answer by the candidate's id. */
export type Case = {
  truth: Truth;
  segments: Readonly<Record<string, string>>;
  answers: ReadonlyMap<string, Answer>;
};

/** What being wrong costs, in minor units: acting where it was wrong, and not acting where it was right. */
export type Costs = { wrongYes: number; wrongNo: number };

const level = 0.95;
const z = normalQuantile((1 + level) / 2);
const rounds = 400;

type Told = { truth: Truth; answer: Answer & { predicted: Prediction } };
type Pair = { truth: Truth; base: Told["answer"]; own: Told["answer"] };

const isRight = ({ truth, answer }: Told) => answer.predicted === truth;
const lossOf = (truth: Truth, predicted: Prediction, costs: Costs) =>
  truth === predicted ? 0 : predicted === "positive" ? costs.wrongYes : costs.wrongNo;

/** The figures of one candidate by itself. */
export function figuresOf(cases: readonly Case[], candidateId: string, costs: Costs): Figures {
  const answers = cases.map(({ answers }) => answers.get(candidateId));
  const told = toldOf(cases, candidateId);
  const wrong = told.filter((one) => !isRight(one));
  const scored = scoredOf(told);
  const known = told.flatMap(({ answer }) => (answer.argumentsRight === null ? [] : [answer.argumentsRight]));
  const asked = told.flatMap(({ answer }) => (answer.asksPerson === null ? [] : [answer.asksPerson ? 1 : 0]));
  return {
    answered: told.length,
    failed: answers.filter((answer) => answer?.status === "failed").length,
    interrupted: answers.filter((answer) => answer?.status === "interrupted").length,
    error: shareOf(wrong.length, told.length),
    wrong_yes: wrong.filter(({ answer }) => answer.predicted === "positive").length,
    wrong_no: wrong.filter(({ answer }) => answer.predicted === "negative").length,
    loss: meanOf(told.map(({ truth, answer }) => lossOf(truth, answer.predicted, costs))),
    brier: brierScore(scored),
    brier_interval: brierInterval(scored),
    ece: expectedCalibrationError(scored),
    ece_interval: eceInterval(scored),
    cost_micros: meanOf(told.flatMap(({ answer }) => answer.costMicros ?? [])),
    latency_ms: meanOf(told.flatMap(({ answer }) => answer.latencyMs ?? [])),
    arguments_right: shareOf(known.filter(Boolean).length, known.length),
    asks_person: meanOf(asked),
  };
}

/** A candidate less the baseline, item by item, on those that both answered. Below 0 it is wrong less often, or cheaper. */
export function versusOf(
  cases: readonly Case[],
  ids: { baseline: string; own: string },
  costs: Costs,
): Versus {
  const pairs = pairsOf(cases, ids);
  const counts = countsOf(pairs);
  return {
    n: pairs.length,
    error: errorDifference(pairs),
    loss: meanDifference(
      pairs,
      ({ truth, base, own }) => lossOf(truth, own.predicted, costs) - lossOf(truth, base.predicted, costs),
    ),
    brier: meanDifference(pairs, ({ truth, base, own }) =>
      difference(brierOf(truth, own), brierOf(truth, base)),
    ),
    ece: counts.n === 0 ? null : eceDifference(pairs),
    cost_micros: meanDifference(pairs, ({ base, own }) => difference(own.costMicros, base.costMicros)),
    latency_ms: meanDifference(pairs, ({ base, own }) => difference(own.latencyMs, base.latencyMs)),
  };
}

/**
 * The promotion gate of a candidate. An answer that failed is no right answer, of either side; an item that one of them has
 * not answered yet is missing, and while one is, nothing passes.
 */
export function gateOfCases(
  cases: readonly Case[],
  ids: { baseline: string; own: string },
  margin: number,
): GateView {
  const counts = { both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 };
  let missing = 0;
  for (const { truth, answers } of cases) {
    const [base, own] = [rightness(truth, answers.get(ids.baseline)), rightness(truth, answers.get(ids.own))];
    if (base === null || own === null) missing += 1;
    else counts[base ? (own ? "both" : "baselineOnly") : own ? "candidateOnly" : "neither"] += 1;
  }
  const { verdict, needed, ...gate } = gateOf(counts, margin);
  return {
    ...gate,
    needed: Number.isFinite(needed) ? needed : 0,
    missing,
    verdict: missing > 0 && verdict === "passed" ? "undecided" : verdict,
  };
}

function rightness(truth: Truth, answer: Answer | undefined): boolean | null {
  if (answer?.status === "failed") return false;
  return answer?.status === "done" ? answer.predicted === truth : null;
}

const mostValues = 12;

/** The error of a candidate, and its difference from the baseline's, by the values of each segment that the type names. */
export function segmentsOf(
  cases: readonly Case[],
  segments: readonly Segment[],
  ids: { baseline: string; own: string },
): SegmentRow[] {
  return segments.flatMap(({ key, name }) => {
    const byValue = [...Map.groupBy(cases, (one) => one.segments[key] ?? "Not given")];
    const largest = byValue.toSorted(([, a], [, b]) => b.length - a.length).slice(0, mostValues);
    return largest.map(([value, own]) => {
      const told = toldOf(own, ids.own);
      const pairs = ids.own === ids.baseline ? [] : pairsOf(own, ids);
      return {
        segment: name,
        value,
        n: told.length,
        error: shareOf(told.filter((one) => !isRight(one)).length, told.length),
        difference: pairs.length === 0 ? null : errorDifference(pairs),
      };
    });
  });
}

/** A share with Wilson's interval; null of nothing. */
export function shareOf(part: number, whole: number): Span | null {
  if (whole === 0) return null;
  const { lower, upper } = wilsonInterval(part, whole, level);
  return { value: part / whole, low: lower, high: upper };
}

function toldOf(cases: readonly Case[], id: string): Told[] {
  return cases.flatMap(({ truth, answers }) => {
    const answer = answers.get(id);
    return answer?.status === "done" && answer.predicted !== null
      ? [{ truth, answer: { ...answer, predicted: answer.predicted } }]
      : [];
  });
}

function pairsOf(cases: readonly Case[], { baseline, own }: { baseline: string; own: string }): Pair[] {
  return cases.flatMap((one) => {
    const [base] = toldOf([one], baseline);
    const [mine] = toldOf([one], own);
    return base && mine ? [{ truth: one.truth, base: base.answer, own: mine.answer }] : [];
  });
}

function countsOf(pairs: readonly Pair[]) {
  let [baselineOnly, candidateOnly] = [0, 0];
  for (const { truth, base, own } of pairs) {
    if (base.predicted === truth && own.predicted !== truth) baselineOnly += 1;
    if (base.predicted !== truth && own.predicted === truth) candidateOnly += 1;
  }
  return { baselineOnly, candidateOnly, n: pairs.length };
}

function errorDifference(pairs: readonly Pair[]): Span {
  const { baselineOnly, candidateOnly, n } = countsOf(pairs);
  const { lower, upper } = tangoInterval({ onlyFirst: baselineOnly, onlySecond: candidateOnly, n }, level);
  return { value: n === 0 ? 0 : (baselineOnly - candidateOnly) / n, low: lower, high: upper };
}

/** The mean of paired differences with its normal interval; null where fewer than two items have one. */
function meanDifference(pairs: readonly Pair[], differenceOf: (pair: Pair) => number | null): Span | null {
  return meanSpan(pairs.flatMap((pair) => differenceOf(pair) ?? []));
}

function meanSpan(values: readonly number[]): Span | null {
  const mean = meanOf(values);
  if (mean === null || values.length < 2) return null;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const reach = z * Math.sqrt(variance / values.length);
  return { value: mean, low: mean - reach, high: mean + reach };
}

/** Not a mean over items, so its interval is drawn: items with replacement, both answers of an item together. */
function eceDifference(pairs: readonly Pair[]): Span | null {
  const stated = pairs.filter(({ base, own }) => base.confidence !== null && own.confidence !== null);
  const of = (some: readonly Pair[], times: readonly number[]) => {
    const side = (which: "base" | "own") =>
      expectedCalibrationError(
        some.flatMap((pair, index) => {
          const { confidence, predicted } = pair[which];
          const weight = times[index] ?? 1;
          return confidence === null || weight === 0
            ? []
            : [{ p: confidence, y: predicted === pair.truth ? 1 : 0, weight }];
        }),
      );
    return difference(side("own"), side("base"));
  };
  const value = of(stated, []);
  if (value === null || stated.length < 2) return null;
  const numbered = stated.map((pair, index) => ({ ...pair, index }));
  const interval = bootstrapInterval(numbered, ({ index }) => String(index), of, {
    random: seededRandom(stated.length),
    rounds: stated.length > 5000 ? rounds / 2 : rounds,
  });
  return interval && { value, low: interval.lower, high: interval.upper };
}

function brierInterval(scored: readonly Scored[]): Ends | null {
  const span = meanSpan(scored.map(({ p, y }) => (p - y) ** 2));
  return span && { low: Math.max(0, span.low), high: Math.min(1, span.high) };
}

function eceInterval(scored: readonly Scored[]): Ends | null {
  const bins = equalWidthBins(scored).map(({ weight, meanP, meanY }) => ({
    weight,
    squaredWeight: weight,
    right: meanY * weight,
    stated: meanP * weight,
  }));
  const interval = calibrationErrorInterval(bins, level);
  return interval && { low: interval.lower, high: interval.upper };
}

/** Every item counts once. */
type Scored = { p: number; y: number };

function scoredOf(told: readonly Told[]): Scored[] {
  return told.flatMap(({ truth, answer: { confidence, predicted } }) =>
    confidence === null ? [] : [{ p: confidence, y: predicted === truth ? 1 : 0 }],
  );
}

function brierOf(truth: Truth, { confidence, predicted }: Told["answer"]): number | null {
  return confidence === null ? null : (confidence - (predicted === truth ? 1 : 0)) ** 2;
}

function difference(own: number | null, base: number | null): number | null {
  return own === null || base === null ? null : own - base;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
