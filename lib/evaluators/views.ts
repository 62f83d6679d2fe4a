import { z } from "zod";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery } from "@/lib/kernel/list";
import { AnyConfig } from "./config";
import { tieRules } from "./agreement";
import { PeopleAgreementView } from "./people-view";
import { evaluatorKinds, evaluatorStatuses, qualities, scorers, scoreStatuses } from "./vocabulary";

/** A share or a coefficient with its 95 % interval; `n` is what it rests on. Null: not defined, or too little of it. */
const Figure = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Figure = z.output<typeof Figure>;
export const PassRate = z.object({ n: z.int(), share: Figure.nullable() });
export type PassRate = z.output<typeof PassRate>;

const Agreed = z.object({
  n: z.int().describe("Rulings of people on what the evaluator scored; several may be of one subject"),
  agreement: Figure.nullable(),
  kappa: Figure.nullable().describe("Cohen's"),
  bias: z
    .number()
    .nullable()
    .describe("Share it passes less the share people pass: above 0 it is too lenient"),
});

export const EvaluatorVersionView = z.object({
  id: z.string(),
  object: z.literal("evaluator_version"),
  version: z.int(),
  config: AnyConfig,
  has_secret: z.boolean(),
  note: z.string(),
  created_by: z.string(),
  created_at: z.string(),
});
export type EvaluatorVersionView = z.output<typeof EvaluatorVersionView>;

export const EvaluatorRuleView = z.object({
  id: z.string(),
  object: z.literal("evaluator_rule"),
  type: z.string().nullable().describe("Key of a decision type; null: every type of the app"),
  condition: z.string().nullable(),
  rate: z.number(),
  delay_seconds: z.int(),
  enabled: z.boolean(),
  created_at: z.string(),
});
export type EvaluatorRuleView = z.output<typeof EvaluatorRuleView>;

export const EvaluatorView = z.object({
  id: z.string(),
  object: z.literal("evaluator"),
  app_id: z.string(),
  key: z.string(),
  name: z.string(),
  kind: z.enum(evaluatorKinds),
  quality: z.enum(qualities),
  status: z.enum(evaluatorStatuses),
  status_why: z.string().nullable(),
  counts: z.boolean().describe("Whether its scores count in figures and gates: it is active"),
  kappa_floor: z.number().nullable(),
  min_rulings: z.int(),
  version: EvaluatorVersionView,
  rules: z.array(EvaluatorRuleView),
  pass_rate: PassRate.describe("Of the last 30 days, of the current version, weighted by 1/pi"),
  agreement: Agreed.nullable().describe("As of the last time it was measured; null: not yet"),
  open_scores: z.int().describe("Scores that wait to be given"),
  created_by: z.string(),
  created_at: z.string(),
});
export type EvaluatorView = z.output<typeof EvaluatorView>;

export const AgreementView = Agreed.extend({
  object: z.literal("evaluator_agreement"),
  evaluator_id: z.string(),
  ties: z.enum(tieRules),
  subjects: z.int().describe("What these rulings are about: intervals are of subjects, not of rulings"),
  effective_n: z
    .number()
    .describe("Equally weighted rulings, each of another subject, that would say as much"),
  categories: z.array(z.string()),
  table: z.array(z.array(z.number())).describe("Rows: the evaluator; columns: people; weighted by 1/pi"),
  floor: z.object({
    kappa: z.number().nullable(),
    min_rulings: z.int(),
    below: z.boolean().describe("Enough subjects, and even the upper end of the interval is below the floor"),
  }),
  among_people: PeopleAgreementView.describe(
    "How far people agree themselves: no judge agrees with them more",
  ),
  qualities: z
    .array(Agreed.extend({ quality: z.enum(qualities), pass_rate: PassRate }))
    .describe("Each quality that the current version gives, by itself; a judge may give all three"),
  days: z.array(
    z.object({
      day: z.string(),
      n: z.int(),
      agreement: z.number().nullable(),
      kappa: Figure.nullable(),
      bias: z.number().nullable(),
    }),
  ),
});
export type AgreementView = z.output<typeof AgreementView>;

export const ScoreView = z.object({
  id: z.string(),
  object: z.literal("score"),
  evaluator_id: z.string(),
  evaluator: z.string(),
  kind: z.enum(evaluatorKinds),
  counts: z.boolean(),
  version: z.int().nullable(),
  scorer: z.enum(scorers),
  scored_by: z.string(),
  decision_id: z.string().nullable(),
  subject: z.string().nullable(),
  summary: z.string().nullable(),
  quality: z.enum(qualities),
  status: z.enum(scoreStatuses),
  score: z.number().nullable(),
  label: z.string().nullable(),
  passed: z.boolean().nullable(),
  rationale: z.string().nullable(),
  people: z
    .object({ passed: z.boolean().nullable(), label: z.string().nullable() })
    .nullable()
    .describe("What people said of the same; null: nobody has"),
  pi: z.number(),
  run_id: z.string().nullable(),
  cost_micros: z.number().nullable(),
  latency_ms: z.number().nullable(),
  error: z.string().nullable(),
  created_at: z.string(),
  done_at: z.string().nullable(),
});
export type ScoreView = z.output<typeof ScoreView>;

const configWords =
  `By kind. exact: {fields?}; schema: {on, schema}; similarity: {field, method, pass_at}; latency: {most_ms};
cost: {most_micros}; cel: {expression, pass_at}; llm_judge: {model, rubrics: {output?, context?, prompt?}, pass_at};
http: {url, timeout_ms, pass_at, may_see_personal_data}`.replaceAll("\n", " ");

const Key = z.string().regex(/^[a-z][a-z0-9-]{1,99}$/, "lower-case letters, digits and dashes");
const Name = z.string().trim().min(1).max(100);
const Secret = z
  .string()
  .max(200)
  .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "whsec_ and at least 24 bytes in base64")
  .describe("What signs the messages to a service; stored encrypted, never returned");
const Floor = z.number().min(-1).max(1).nullable();
const MinRulings = z.int().min(10).max(100_000);

export const EvaluatorRef = z.object({ evaluator: z.string().min(1).max(100) });
export type EvaluatorRef = z.output<typeof EvaluatorRef>;
export const EvaluatorFilter = ListQuery.extend({
  app: z.string().max(100).optional(),
  archived: z.stringbool().default(false),
});
export type EvaluatorFilter = z.output<typeof EvaluatorFilter>;

export const CreateEvaluator = z.strictObject({
  app: z.string().min(1).max(100).describe("Id or key of the app"),
  key: Key.optional(),
  name: Name,
  kind: z.enum(evaluatorKinds),
  quality: z.enum(qualities).default("output"),
  config: AnyConfig.describe(configWords),
  secret: Secret.optional(),
  kappa_floor: Floor.default(null).describe("Least agreement with people at which it counts; null: none"),
  min_rulings: MinRulings.default(30).describe("Subjects ruled on from which the floor is applied"),
  note: z.string().max(500).default(""),
});
export type CreateEvaluator = z.output<typeof CreateEvaluator>;

export const VersionBody = z.strictObject({
  config: AnyConfig.describe(configWords),
  secret: Secret.optional(),
  note: z.string().max(500).default(""),
});
export const AddEvaluatorVersion = EvaluatorRef.extend(VersionBody.shape);
export type AddEvaluatorVersion = z.output<typeof AddEvaluatorVersion>;

export const EvaluatorPatch = z.strictObject({
  name: Name.optional(),
  kappa_floor: Floor.optional(),
  min_rulings: MinRulings.optional(),
});
export const UpdateEvaluator = EvaluatorRef.extend(EvaluatorPatch.shape);
export type UpdateEvaluator = z.output<typeof UpdateEvaluator>;

export const Because = z.strictObject({ reason: z.string().trim().min(3).max(500) });
export const RestoreEvaluator = EvaluatorRef.extend(Because.shape);
export type RestoreEvaluator = z.output<typeof RestoreEvaluator>;

export const RuleBody = z.strictObject({
  type: z.string().max(100).nullable().default(null).describe("Id or key of a decision type; null: all"),
  condition: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .nullable()
    .default(null)
    .describe("CEL over the decision, such as decision.amount > 5000.0; null: all of them"),
  rate: z.number().gt(0).max(1).default(1).describe("Share of them that is drawn, by a keyed hash of the id"),
  delay_seconds: z.int().min(0).max(7_776_000).default(0).describe("How long after, to wait for an outcome"),
});
export const CreateRule = EvaluatorRef.extend(RuleBody.shape);
export type CreateRule = z.output<typeof CreateRule>;
export const RuleRef = EvaluatorRef.extend({ rule: z.string().min(1).max(100) });
export const RulePatch = z.strictObject({ enabled: z.boolean() });
export const UpdateRule = RuleRef.extend(RulePatch.shape);
export type UpdateRule = z.output<typeof UpdateRule>;

export const ScoreGivenBody = z
  .strictObject({
    decision: z.string().max(64).optional(),
    subject: z.string().min(1).max(255).optional().describe("An item of a benchmark, by its name there"),
    scorer: z
      .enum(["import", "person"])
      .describe("import: what the evaluator said; person: a person's ruling"),
    by: z.string().min(1).max(100).optional().describe("Which person or program, by your own name for it"),
    quality: z.enum(qualities).default("output"),
    score: z.number().min(0).max(1).nullable().default(null),
    label: z.string().min(1).max(100).nullable().default(null),
    passed: z.boolean().nullable().default(null),
    rationale: z.string().max(4000).nullable().default(null),
  })
  .refine(({ decision, subject }) => (decision === undefined) !== (subject === undefined), {
    message: "name a decision or a subject, one of them",
    path: ["subject"],
  })
  .refine(({ score, label, passed }) => score !== null || label !== null || passed !== null, {
    message: "give a score, a label or passed",
    path: ["score"],
  });
export type ScoreGivenBody = z.output<typeof ScoreGivenBody>;
export const ScoresBody = z.strictObject({ scores: z.array(ScoreGivenBody).min(1).max(1000) });
export const GiveScores = EvaluatorRef.extend(ScoresBody.shape);
export type GiveScores = z.output<typeof GiveScores>;
export const ScoresGiven = z.object({
  object: z.literal("scores_given"),
  evaluator_id: z.string(),
  written: z.int().describe("New, or other than before"),
  unchanged: z.int(),
});
export type ScoresGiven = z.output<typeof ScoresGiven>;

export const scoreOrders = ["newest", "disagreements"] as const;
export const ScoreFilter = ListQuery.extend({
  evaluator: z.string().max(100).optional(),
  decision: z.string().max(64).optional(),
  status: z.enum(scoreStatuses).optional(),
  order: z.enum(scoreOrders).default("newest").describe("disagreements: those with people come first"),
});
export type ScoreFilter = z.output<typeof ScoreFilter>;

export const ScoreRef = z.object({ score: z.string().min(1).max(64) });
export type ScoreRef = z.output<typeof ScoreRef>;

export const AgreementQuery = z.object({
  ties: z
    .enum(tieRules)
    .default("kept")
    .describe("kept: each label its own; merged: tie and tie (…) are one; left_out: without ties"),
});

export const TryEvaluator = z.strictObject({
  app: z.string().min(1).max(100),
  kind: z.enum(evaluatorKinds),
  quality: z.enum(qualities).default("output"),
  config: AnyConfig,
  decision: z.string().min(1).max(64).describe("A decision of the app to score; nothing is stored"),
  evaluator: z.string().max(100).optional().describe("Whose stored key signs, where none is given"),
  secret: Secret.optional(),
});
export type TryEvaluator = z.output<typeof TryEvaluator>;
export const Trial = z.object({
  object: z.literal("evaluator_trial"),
  decision_id: z.string(),
  error: z.string().nullable(),
  scores: z.array(
    z.object({
      quality: z.enum(qualities),
      score: z.number().nullable(),
      label: z.string().nullable(),
      passed: z.boolean().nullable(),
      rationale: z.string().nullable(),
      cost_micros: z.number().nullable(),
      latency_ms: z.number().nullable(),
    }),
  ),
  output: AnyJson.describe("What was scored"),
});
export type Trial = z.output<typeof Trial>;
