import { z } from "zod";
import { predictions, truths } from "@/lib/decisions/schema";
import { evaluatorKinds, qualities } from "@/lib/evaluators/vocabulary";
import { AnyJson } from "@/lib/kernel/json";
import { candidateKinds, experimentStatuses, gateVerdicts, resultStatuses, splits } from "./vocabulary";

const word = (max: number) => z.string().trim().min(1).max(max);

/** Items of one experiment, and what is compared on them. */
export const mostExperimentItems = 20_000;
export const mostCandidates = 5;
export const mostAskedEvaluators = 10;

export const NewCandidate = z.strictObject({
  kind: z
    .enum(candidateKinds)
    .describe(
      "recorded: what the app said then; prompt, local_model, policy: a version asked again about the same input",
    ),
  id: word(64).optional().describe("Id of the prompt version, the trained model or the policy version"),
  name: word(100).optional(),
  baseline: z.boolean().default(false).describe("What the others are compared with; left out: the first"),
});
export type NewCandidate = z.output<typeof NewCandidate>;

export const NewExperiment = z.strictObject({
  name: word(100),
  dataset_version: word(64),
  split: z.enum(splits).optional().describe("Left out: the whole version"),
  candidates: z.array(NewCandidate).min(2).max(mostCandidates),
  evaluators: z
    .array(word(64))
    .max(50)
    .optional()
    .describe(
      "Judges and services that score every answer, by id; each is asked once an answer, and costs. Left out: all of the app's",
    ),
  cost_cap_micros: z
    .int()
    .min(0)
    .optional()
    .describe(
      "Pauses before a question that could cost more than is left of it, judges' among them; millionths of the models' currency, of which there must be one",
    ),
  margin: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.02)
    .describe("Share by which a candidate may be wrong more often than the baseline and still pass the gate"),
  issue: word(64).optional().describe("The issue it is to close"),
});
export type NewExperiment = z.output<typeof NewExperiment>;

/** A figure with its 95 % interval. Null where nothing says it. */
export const Span = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Span = z.output<typeof Span>;

const Ends = z.object({ low: z.number(), high: z.number() });
export type Ends = z.output<typeof Ends>;

export const GateView = z.object({
  verdict: z.enum(gateVerdicts),
  n: z.int(),
  difference: z.number().nullable(),
  low: z.number(),
  high: z.number(),
  margin: z.number(),
  needed: z
    .int()
    .describe(
      "Items from which one that always answers as the baseline does passes at this margin; a better one needs fewer",
    ),
  missing: z.int().describe("Items without an answer of both: while there are any, nothing passes"),
});
export type GateView = z.output<typeof GateView>;

const Figures = z.object({
  answered: z.int(),
  failed: z.int(),
  interrupted: z.int(),
  error: Span.nullable().describe(
    "Share of the answers that were wrong; one that failed is not counted here",
  ),
  wrong_yes: z.int(),
  wrong_no: z.int(),
  loss: z.number().nullable().describe("Mean cost of being wrong, in minor units of the type's currency"),
  brier: z.number().nullable(),
  brier_interval: Ends.nullish().describe(
    "95 %, normal; absent of experiments that ended before it was counted",
  ),
  ece: z.number().nullable().describe("Expected calibration error, 15 bins of equal width"),
  ece_interval: Ends.nullish().describe(
    "95 %: holds the true error at least so often; absent of experiments that ended before it was counted",
  ),
  cost_micros: z.number().nullable().describe("Mean cost of an answer"),
  latency_ms: z.number().nullable(),
  arguments_right: Span.nullable().describe("Where the right arguments are known and it would act"),
  asks_person: z.number().nullable().describe("Of a policy: share that it sends to a person"),
});
export type Figures = z.output<typeof Figures>;

const Versus = z.object({
  n: z.int(),
  error: Span,
  loss: Span.nullable(),
  brier: Span.nullable(),
  ece: Span.nullable(),
  cost_micros: Span.nullable(),
  latency_ms: Span.nullable(),
});
export type Versus = z.output<typeof Versus>;

const SegmentRow = z.object({
  segment: z.string(),
  value: z.string(),
  n: z.int(),
  error: Span.nullable(),
  difference: Span.nullable(),
});
export type SegmentRow = z.output<typeof SegmentRow>;

const EvaluatorRow = z.object({
  evaluator_id: z.string(),
  name: z.string(),
  quality: z.enum(qualities),
  counts: z.boolean().describe("False once it agrees too little with people: shown, and not counted"),
  n: z.int(),
  score: z.number().nullable(),
  passed: Span.nullable(),
  difference: Span.nullish().describe(
    "Share it passes less the share of the baseline's it passes, on the items where it passed or failed both",
  ),
  kind: z.enum(evaluatorKinds).optional(),
  cost_micros: z.number().nullish().describe("What asking it cost; null: it costs nothing, or nobody says"),
});
export type EvaluatorRow = z.output<typeof EvaluatorRow>;

export const CandidateSummary = z.object({
  candidate_id: z.string(),
  figures: Figures,
  versus: Versus.nullable().describe(
    "Beside the baseline, on the items that both answered; null: it is the baseline",
  ),
  gate: GateView.nullable(),
  segments: z.array(SegmentRow),
  evaluators: z.array(EvaluatorRow),
});
export type CandidateSummary = z.output<typeof CandidateSummary>;

export const CandidateView = z.object({
  id: z.string(),
  kind: z.enum(candidateKinds),
  name: z.string(),
  baseline: z.boolean(),
  ref: z.string().nullable().describe("Id of what is asked; null: what was recorded"),
});
export type CandidateView = z.output<typeof CandidateView>;

const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

export const ExperimentView = z.object({
  id: z.string(),
  object: z.literal("experiment"),
  name: z.string(),
  app: Named,
  type: Named,
  dataset: z.object({ id: z.string(), name: z.string(), version: z.int(), version_id: z.string() }),
  split: z.enum(splits).nullable(),
  status: z.enum(experimentStatuses),
  why: z.string().nullable().describe("Why it paused or failed"),
  done: z.int(),
  total: z.int(),
  failed: z.int(),
  interrupted: z.int().describe("Asked when the worker ended: perhaps paid, and not asked again by itself"),
  evaluators: z
    .array(z.object({ id: z.string(), name: z.string(), kind: z.enum(evaluatorKinds), counts: z.boolean() }))
    .describe("Judges and services that score the answers"),
  scores: z
    .object({ done: z.int(), total: z.int(), failed: z.int(), interrupted: z.int() })
    .describe("Of these evaluators, once the answers are there"),
  spent_micros: z.int(),
  cost_cap_micros: z.int().nullable(),
  cost_currencies: z
    .array(z.string())
    .describe("Of the models that are asked, judges' among them: what costs are in. Empty: nothing costs"),
  currency: z.string().describe("Of the costs of being wrong"),
  margin: z.number(),
  gate: z.enum(gateVerdicts).nullable().describe("Passed: every candidate passed"),
  candidates: z.array(CandidateView),
  summary: z.array(CandidateSummary).nullable().describe("Once it is done"),
  issue_id: z.string().nullable(),
  created_by: z.string(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
});
export type ExperimentView = z.output<typeof ExperimentView>;

/** What a judge or a service said of one answer, of one quality; `status` says where there is nothing yet. */
export const AnswerScore = z.object({
  evaluator_id: z.string(),
  evaluator: z.string(),
  counts: z.boolean(),
  status: z.enum(resultStatuses),
  quality: z.enum(qualities),
  score: z.number().nullable(),
  passed: z.boolean().nullable(),
  label: z.string().nullable(),
  rationale: z.string().nullable(),
  error: z.string().nullable(),
  run_id: z.string().nullable(),
});
export type AnswerScore = z.output<typeof AnswerScore>;

export const ResultView = z.object({
  candidate_id: z.string(),
  status: z.enum(resultStatuses),
  predicted: z.enum(predictions).nullable(),
  correct: z.boolean().nullable(),
  confidence: z.number().nullable(),
  output: AnyJson.nullable(),
  run_id: z.string().nullable(),
  cost_micros: z.number().nullable(),
  latency_ms: z.number().nullable(),
  error: z.string().nullable(),
  scores: z.array(AnswerScore),
});
export type ResultView = z.output<typeof ResultView>;

export const ComparedItem = z.object({
  id: z.string(),
  object: z.literal("experiment_item"),
  position: z.int(),
  decision_id: z.string().nullable(),
  subject: z.string(),
  input: AnyJson,
  truth: z.enum(truths),
  expected: AnyJson.nullable(),
  results: z.array(ResultView),
});
export type ComparedItem = z.output<typeof ComparedItem>;
