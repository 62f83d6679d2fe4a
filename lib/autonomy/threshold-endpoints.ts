import { z } from "zod";
import { autonomyLevels } from "@/lib/apps/schema";
import { decisionStatuses, labelSources, predictions, routes } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { segmentLevels } from "./schema";

/** Periods that can be looked at, in days; `all` is bounded by the newest 200,000. */
export const thresholdPeriods = ["30", "90", "all"] as const;

const Ref = z.string().min(1).max(100);
const Minor = z.int().nullable();

export const ThresholdApp = z.object({ app: Ref.describe("Id or key of the app") });

export const ThresholdQuery = z.object({
  type: Ref.describe("Id or key of the decision type"),
  predicted: z.enum(predictions).default("positive"),
  contract: Ref.optional().describe("Id of a contract of these: only the amounts it covers"),
  days: z.enum(thresholdPeriods).default("30"),
});
export type ThresholdQuery = z.output<typeof ThresholdQuery>;

const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });

export const ThresholdData = z.object({
  object: z.literal("threshold_data"),
  app: Named,
  type: Named.extend({ currency: z.string() }),
  predicted: z.enum(predictions),
  from: z.string().describe("When the oldest decision looked at came in"),
  to: z.string(),
  total: z.int().describe("Decisions looked at: the newest of the period, at most 200,000"),
  truncated: z.boolean().describe("There are older ones in the period"),
  without_confidence: z.int().describe("Of the total; nothing of these can run alone"),
  in_force: z
    .object({
      level: z.enum(autonomyLevels),
      threshold: z.number().nullable(),
      audit_rate: z.number(),
      by: z.enum(["contract", "hand", "nobody"]).describe("Who set it: a contract, or somebody by hand"),
    })
    .describe("What the router obeys now"),
  contracts: z.array(
    z.object({
      id: z.string(),
      amount_from: Minor,
      amount_to: Minor,
      level: z.enum(segmentLevels),
      threshold: z.number().nullable(),
      alpha: z.number().describe("At most this share wrong …"),
      delta: z.number().describe("… except with this probability"),
    }),
  ),
  cost_wrong: Money.nullable().describe(
    "What one wrong automatic decision costs; null: the type does not say",
  ),
  handling: z
    .object({
      n: z.int(),
      median_seconds: z.number().nullable(),
      p25_seconds: z.number().nullable(),
      p75_seconds: z.number().nullable(),
    })
    .describe("How long people look at a review of this type, over the newest rulings of 30 days"),
  columns: z
    .object({
      score: z.array(z.number()).describe("The app's own confidence"),
      calibrated: z
        .array(z.number().nullable())
        .nullable()
        .describe("What the map in force then made of it; null: there never was a map"),
      label: z
        .string()
        .describe(
          "One letter a decision: `r` right, `w` wrong, `u` nobody has said; `R` and `W` by an outcome of a decision that nobody drew",
        ),
      pi: z.array(z.number()).describe("Probability that its label would be made; figures weigh by 1/pi"),
      held: z
        .string()
        .describe("`1`: a cap, a policy or a finding sends it to a person whatever the threshold; else `0`"),
      alone: z.string().describe("`1`: ran alone; else `0`"),
      amount: z.array(Minor).nullable().describe("Minor units; null: decisions of this type have none"),
      day: z.array(z.int()).describe("Days before `to`"),
      segment: z.array(z.int()).describe("Index into `segments`"),
    })
    .describe("One entry a decision with a confidence, newest first"),
  segments: z.array(
    z.object({
      subject_type: z.string().nullable(),
      model: z.string().nullable(),
      prompt_version: z.string().nullable(),
      language: z.string().nullable().describe("The decision's metadata under `language`"),
    }),
  ),
});
export type ThresholdData = z.output<typeof ThresholdData>;

export const FlipQuery = ListQuery.extend({
  ...ThresholdQuery.shape,
  threshold: z.coerce.number().min(0).max(1).describe("The draft"),
});
export type FlipQuery = z.output<typeof FlipQuery>;

/** Where a past decision would go instead. */
export const flipDirections = ["alone", "person"] as const;

export const FlipView = z.object({
  id: z.string(),
  object: z.literal("threshold_flip"),
  summary: z.string(),
  created_at: z.string(),
  confidence: z.number(),
  route: z.enum(routes).describe("Where it went"),
  would: z.enum(flipDirections).describe("alone: it would have run alone; person: somebody would have ruled"),
  status: z.enum(decisionStatuses),
  amount: Money.nullable(),
  verdict: z.enum(["right", "wrong"]).nullable().describe("Whether the proposal was; null: nobody has said"),
  verdict_by: z.enum(labelSources).nullable(),
});
export type FlipView = z.output<typeof FlipView>;

const about = { tag: "Contracts", security: "key", scope: "decisions:read", status: 200 } as const;

export const thresholdDataEndpoint = endpoint({
  ...about,
  id: "getThresholdData",
  method: "GET",
  path: "/api/v1/apps/{app}/thresholds",
  summary: "Confidences and labels of one kind of proposal, in columns",
  description:
    "Everything that a threshold can be judged by, for reckoning elsewhere: no request per threshold. Labels carry their propensity. Answers 304 to a matching If-None-Match.",
  params: ThresholdApp,
  query: ThresholdQuery,
  headers: [{ name: "If-None-Match", description: "The ETag of an earlier answer" }],
  response: ThresholdData,
  problems: { 404: "not_found", 422: "validation_failed" },
});

export const flipsEndpoint = endpoint({
  ...about,
  id: "listThresholdFlips",
  method: "GET",
  path: "/api/v1/apps/{app}/thresholds/flips",
  summary: "List past decisions that a draft threshold would have sent elsewhere, newest first",
  params: ThresholdApp,
  query: FlipQuery,
  response: listOf(FlipView),
  problems: { 404: "not_found", 422: "validation_failed" },
});

export const thresholdEndpoints = [thresholdDataEndpoint, flipsEndpoint];
