import { z } from "zod";
import { predictions } from "@/lib/decisions/schema";
import { mostJudges, planKinds, planRoutes, planStatuses, type PlanKind } from "./plan-words";

/** One part of a plan's population and the probability with which each decision in it is drawn. */
export const Stratum = z.strictObject({
  name: z.string().trim().min(1).max(100),
  confidence: z
    .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
    .optional()
    .describe("From (included) to (excluded, except 1)"),
  predicted: z.enum(predictions).optional(),
  rate: z.number().gt(0).max(1).describe("The probability with which each of its decisions is drawn"),
});
export type Stratum = z.output<typeof Stratum>;

/** Which decisions a plan draws from, and with what probability each stratum's are drawn. */
export const PlanSpec = z.strictObject({
  app: z.string().max(100).optional().describe("Key or id of an app"),
  type: z.string().max(100).optional().describe("Key or id of a decision type"),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  routes: z.array(z.enum(planRoutes)).min(1).default(["execute", "decline"]),
  reasons: z
    .array(z.string().max(100))
    .max(20)
    .optional()
    .describe("policy_hit: codes of a route's reasons, one of which the decision must have"),
  segment: z.string().max(500).optional().describe("segment: a CEL expression over the decision"),
  strata: z.array(Stratum).min(1).max(50).describe("A decision belongs to the first stratum that holds it"),
});
export type PlanSpec = z.output<typeof PlanSpec>;

/** What a draw found in one stratum, kept with the plan. */
export type StratumResult = {
  name: string;
  rate: number;
  eligible: number;
  drawn: number;
  audited_before: number;
};

/** One question of a rubric and its answers, chosen with the digits 1 to 9. */
export const RubricKey = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  question: z.string().trim().min(1).max(200),
  answers: z.array(z.string().trim().min(1).max(80)).min(2).max(9),
});
export type RubricKey = z.output<typeof RubricKey>;

const Name = z.string().trim().min(1, "Give it a name").max(100);

const shape = {
  name: Name,
  kind: z.enum(planKinds),
  spec: PlanSpec,
  judges_needed: z
    .int()
    .min(1)
    .max(mostJudges)
    .default(1)
    .describe("Auditors an audit needs, blind to each other"),
  rubric: z.string().max(64).nullable().default(null).describe("Id of a rubric"),
};

type Kinded = { kind: PlanKind; spec: PlanSpec };
const fits = {
  strata: ({ kind, spec }: Kinded) =>
    kind === "stratified" ||
    (spec.strata.length === 1 && !spec.strata[0]?.confidence && !spec.strata[0]?.predicted),
  reasons: ({ kind, spec }: Kinded) => (kind === "policy_hit") === (spec.reasons ?? []).length > 0,
  segment: ({ kind, spec }: Kinded) => (kind === "segment") === ((spec.segment ?? "").trim() !== ""),
};
const wrong = {
  strata: {
    path: ["spec", "strata"],
    error: "only a stratified plan has strata; the others have one rate for all",
  },
  reasons: {
    path: ["spec", "reasons"],
    error: "a policy_hit plan names codes of reasons, and no other plan does",
  },
  segment: { path: ["spec", "segment"], error: "a segment plan has an expression, and no other plan does" },
};

export const NewPlan = z
  .strictObject(shape)
  .refine(fits.strata, wrong.strata)
  .refine(fits.reasons, wrong.reasons)
  .refine(fits.segment, wrong.segment);
export type NewPlan = z.output<typeof NewPlan>;

/** What a preview is asked: the population and rates of a plan, and a margin to work the sample out for. */
export const PreviewPlan = z
  .strictObject({
    kind: shape.kind,
    spec: PlanSpec,
    margin: z
      .number()
      .gt(0)
      .lt(0.5)
      .optional()
      .describe("Half the width of the 95 % interval that is wanted"),
    share: z.number().min(0).max(1).default(0.5).describe("The error share expected; 0.5 is the worst case"),
  })
  .refine(fits.strata, wrong.strata)
  .refine(fits.reasons, wrong.reasons)
  .refine(fits.segment, wrong.segment);
export type PreviewPlan = z.output<typeof PreviewPlan>;

const Counted = z.object({
  eligible: z.int().describe("Decisions in it that ran"),
  audited_before: z
    .int()
    .describe("Of those, audited by an earlier draw: they count, and are not drawn again"),
  expected: z.number().describe("How many the plan would draw, on average"),
  margin: z.number().describe("Half the width of the 95 % interval that all its audits together would give"),
});

export const PlanPreview = z.object({
  object: z.literal("sampling_plan.preview"),
  strata: z.array(
    Counted.extend({
      name: z.string(),
      rate: z.number(),
      assumed_error: z
        .number()
        .describe("Of its audits judged so far; where they are fewer than 10, the one expected"),
    }),
  ),
  total: Counted,
  required: z
    .object({
      margin: z.number(),
      n: z.int().describe("Audits needed (Wilson, finite population)"),
      exact_n: z.int().describe("The same by Clopper-Pearson"),
      rate: z
        .number()
        .nullable()
        .describe("One rate for all strata that draws what is missing; null: enough is there"),
      rates: z.array(z.number()).describe("By stratum, in proportion to its size"),
      neyman_rates: z
        .array(z.number())
        .describe(
          "By stratum, more where the assumed error varies more: the narrowest interval for as many audits",
        ),
    })
    .nullable(),
});
export type PlanPreview = z.output<typeof PlanPreview>;

const Share = z
  .object({
    value: z.number().nullable().describe("Null: too few judged to say"),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
    n: z.int(),
    ess: z.number().describe("Effective sample size after weighting"),
    needed: z.number().nullable().describe("The least effective sample that gives a figure"),
  })
  .describe("Hájek, weighted by 1/pi; Wilson interval at 95 % on the effective sample");
export type Share = z.output<typeof Share>;

export const Measure = z.object({
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  n: z.int(),
});
export type Measure = z.output<typeof Measure>;

/** How far auditors agree who judged the same decisions without knowing of each other. */
export const AgreementView = z.object({
  object: z.literal("audits.agreement"),
  n: z.int().describe("Audits that all the auditors they need have judged, two or more"),
  needed: z.int().describe("Below so many nothing is said"),
  measures: z
    .object({
      percent: Measure.describe("Share on which all agreed; Wilson interval"),
      cohen: Measure.nullable().describe(
        "Two auditors; analytic interval (Fleiss, Cohen & Everitt). Null: more than two",
      ),
      fleiss: Measure.describe("Audits with the usual number of judgements; seeded bootstrap"),
      krippendorff_nominal: Measure.describe("Any number of auditors; seeded bootstrap"),
      krippendorff_ordinal: Measure.describe("The same, with borderline between correct and incorrect"),
    })
    .nullable(),
});
export type AgreementView = z.output<typeof AgreementView>;

const Counts = z.object({
  eligible: z.int().nullable(),
  drawn: z.int().describe("Audits the plan opened"),
  audited_before: z.int(),
  judged: z.int(),
  disputed: z.int().describe("Of those that you may know of"),
});

export const PlanSummary = z.object({
  id: z.string(),
  object: z.literal("sampling_plan"),
  name: z.string(),
  kind: z.enum(planKinds),
  status: z.enum(planStatuses),
  spec: PlanSpec,
  judges_needed: z.int(),
  rubric: z.object({ id: z.string(), name: z.string() }).nullable(),
  progress: Counts,
  created_by: z.string(),
  created_at: z.string(),
  drawn_at: z.string().nullable(),
});
export type PlanSummary = z.output<typeof PlanSummary>;

/** A plan with what came of it. */
export const PlanView = PlanSummary.extend({
  strata: z.array(Counts.extend({ name: z.string(), rate: z.number(), error: Share })),
  error: Share.describe("The share that was not judged correct, among all its population"),
  auditors: z.array(z.object({ id: z.string(), name: z.string(), judged: z.int() })),
  rubric_answers: z.array(
    z.object({
      key: z.string(),
      question: z.string(),
      answers: z.array(z.object({ answer: z.string(), count: z.int() })),
    }),
  ),
});
export type PlanView = z.output<typeof PlanView>;

export const NewRubric = z.strictObject({
  name: Name,
  keys: z
    .array(RubricKey)
    .min(1)
    .max(10)
    .refine((keys) => new Set(keys.map(({ key }) => key)).size === keys.length, "each key once"),
});
export type NewRubric = z.output<typeof NewRubric>;

export const RubricView = z.object({
  id: z.string(),
  object: z.literal("rubric"),
  name: z.string(),
  keys: z.array(RubricKey),
  created_at: z.string(),
  archived_at: z.string().nullable(),
});
export type RubricView = z.output<typeof RubricView>;

export const PlanRef = z.object({ planId: z.string().max(64) });
export const RubricRef = z.object({ rubricId: z.string().max(64) });

/** A decision that somebody wants judged, by choice and not by chance. */
export const SendToAudit = z.strictObject({
  decision: z.string().max(64),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .optional()
    .describe("Shown to the auditor after their own answer"),
});
export type SendToAudit = z.output<typeof SendToAudit>;
