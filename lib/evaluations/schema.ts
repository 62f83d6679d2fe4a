import { z } from "zod";
import { routes } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { confusionViews } from "./confusion-views";
import { metricUnits } from "./metrics-catalogue";

/** Which decisions a figure is about: those submitted in [from, to). Without `from`, the last 30 days. */
export const MetricFilter = z.object({
  app: z.string().max(100).optional().describe("Key or id of an app"),
  type: z.string().max(100).optional().describe("Key or id of a decision type"),
  prompt_version: z.string().max(200).optional(),
  model: z.string().max(200).optional().describe("Name of a model, as decisions state it"),
  segment: z
    .string()
    .max(300)
    .regex(/^[a-z][a-z0-9_]*:/, "key:value, such as region:north")
    .optional()
    .describe("A value of a segment that the decision type declares; needs `type`"),
  labelled: z.enum(["true"]).optional().describe("Only decisions whose truth is known"),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type MetricFilter = z.output<typeof MetricFilter>;

/** One figure with everything that is needed to believe it. Shares are 0 to 1, money is in whole units of a currency. */
export const Figure = z.object({
  unit: z.enum(metricUnits),
  value: z.number().nullable().describe("Null when too little was observed to give one"),
  lower: z.number().nullable().describe("Lower end of the 95 % interval"),
  upper: z.number().nullable(),
  n: z.int().describe("How many were observed"),
  ess: z.number().nullable().describe("Effective sample size of the weighted ones"),
  needed: z.number().nullable().describe("The effective sample size below which no figure is given"),
  population: z.string(),
  weighting: z.string(),
  rows: z
    .record(z.string(), z.string())
    .describe("Query of the decisions list that shows the rows behind it"),
});
export type Figure = z.output<typeof Figure>;

const Span = { from: z.string(), to: z.string() };

export const AutoErrors = z.object({
  route: z.enum(["execute", "decline"]),
  alone: z.int().describe("Decisions that ran alone"),
  audited: Figure.describe("Error by auditors, weighted by 1/pi"),
  outcomes: Figure.describe("Plain error by outcomes, where there are any"),
});
export type AutoErrors = z.output<typeof AutoErrors>;

export const OverrideBin = z.object({
  low: z.number(),
  high: z.number(),
  overridden: z.int(),
  figure: Figure,
});

export const Overview = z.object({
  object: z.literal("metrics.overview"),
  ...Span,
  decisions: z.int(),
  automation: Figure,
  review: Figure,
  audit: Figure.extend({ planned: z.number().nullable() }),
  override: Figure,
  override_by_confidence: z.array(OverrideBin),
  errors: z.array(AutoErrors),
  time_to_decision: z.object({ p50: Figure, p90: Figure }),
});
export type Overview = z.output<typeof Overview>;

const Cell = z.object({ count: z.int(), weight: z.number() });
const Cells = z.object({ tp: Cell, fp: Cell, fn: Cell, tn: Cell });

export const Confusion = z.object({
  object: z.literal("metrics.confusion"),
  ...Span,
  view: z.enum(confusionViews),
  labels: z.object({ outcome: z.int(), audit: z.int(), review: z.int() }),
  population: z.string(),
  weighting: z.string(),
  cells: Cells,
  rates: z.object({ ppv: Figure, npv: Figure, fpr: Figure, fnr: Figure }),
  by_type: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      cells: Cells,
      cost_wrong_yes: z.int().describe("Minor units of `currency`, as the type declares it"),
      cost_wrong_no: z.int(),
      currency: z.string(),
      cost: z.number().describe("What the plain counts of wrong yes and wrong no cost, minor units"),
    }),
  ),
});
export type Confusion = z.output<typeof Confusion>;

export const Calibration = z.object({
  object: z.literal("metrics.calibration"),
  ...Span,
  n: z.int(),
  ess: z.number(),
  ece: z.number().nullable(),
  brier: z.number().nullable(),
  overconfidence: z.number().nullable().describe("Mean confidence minus how often the proposal was right"),
  population: z.string(),
  weighting: z.string(),
  bins: z.array(
    z.object({
      low: z.number(),
      high: z.number(),
      stated: z.number(),
      observed: z.number(),
      lower: z.number(),
      upper: z.number(),
      n: z.int(),
    }),
  ),
});
export type Calibration = z.output<typeof Calibration>;

export const Volume = z.object({
  object: z.literal("metrics.volume"),
  ...Span,
  bucket: z.enum(["hour", "day"]),
  population: z.string(),
  points: z.array(
    z.object({
      at: z.string(),
      complete: z.boolean(),
      counts: z.record(z.enum(routes), z.int()),
    }),
  ),
});
export type Volume = z.output<typeof Volume>;

const about = {
  method: "GET",
  tag: "Metrics",
  security: "key",
  scope: "decisions:read",
  status: 200,
  problems: { 422: "A filter is not understood" },
} as const;

export const overviewEndpoint = endpoint({
  ...about,
  id: "getMetricsOverview",
  path: "/api/v1/metrics/overview",
  summary: "Automation, review, override and error rates, and time to decision",
  description: "Each figure says its population, weighting, interval and n. An app's key sees its own app.",
  query: MetricFilter,
  response: Overview,
});

export const confusionEndpoint = endpoint({
  ...about,
  id: "getMetricsConfusion",
  path: "/api/v1/metrics/confusion",
  summary: "Confusion matrix: proposed, run alone or done, against the truth",
  query: MetricFilter.extend({ view: z.enum(confusionViews).default("model") }),
  response: Confusion,
});

export const calibrationEndpoint = endpoint({
  ...about,
  id: "getMetricsCalibration",
  path: "/api/v1/metrics/calibration",
  summary: "Stated confidence against how often the proposal was right",
  query: MetricFilter,
  response: Calibration,
});

export const volumeEndpoint = endpoint({
  ...about,
  id: "getMetricsVolume",
  path: "/api/v1/metrics/volume",
  summary: "Decisions by route over time",
  description:
    "By hour for up to three days, else by day (UTC). Buckets without decisions are zero; the last may be unfinished.",
  query: MetricFilter,
  response: Volume,
});

export const metricEndpoints = [overviewEndpoint, confusionEndpoint, calibrationEndpoint, volumeEndpoint];
