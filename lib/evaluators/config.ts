import { z } from "zod";
import { JsonSchema } from "@/lib/kernel/json-schema";
import { qualities, type EvaluatorKind } from "./vocabulary";
import { likenesses } from "./score-output";

const Pointer = z
  .string()
  .max(200)
  .regex(/^(\/([^~/]|~[01])*)+$/, "a JSON pointer into the arguments, such as /amount");
const PassAt = z.number().min(0).max(1).default(0.8).describe("A score passes from here on");
const Rubric = z
  .string()
  .trim()
  .min(10)
  .max(5000)
  .describe("What makes it good, and what makes it bad, in plain words");

/** How an evaluator of each kind scores. What a version says never changes. */
const configs = {
  exact: z.strictObject({
    fields: z
      .array(Pointer)
      .max(50)
      .optional()
      .describe("Arguments to compare, as JSON pointers; left out: all that the right answer has"),
  }),
  schema: z.strictObject({
    on: z.enum(["arguments", "rationale"]).default("arguments"),
    schema: JsonSchema.describe("JSON Schema 2020-12; a rationale is read as a JSON document"),
  }),
  similarity: z.strictObject({
    field: Pointer.describe("The text among the arguments that is held against the corrected one"),
    method: z.enum(likenesses).default("edit_distance"),
    pass_at: PassAt,
  }),
  latency: z.strictObject({ most_ms: z.int().min(1).max(3_600_000) }),
  cost: z.strictObject({
    most_micros: z.int().min(1).max(1_000_000_000).describe("Millionths of the model's currency"),
  }),
  cel: z.strictObject({ expression: z.string().trim().min(1).max(2000), pass_at: PassAt }),
  llm_judge: z.strictObject({
    model: z.string().min(1).max(100).describe("Id or key of a model"),
    rubrics: z
      .partialRecord(z.enum(qualities), Rubric)
      .refine((rubrics) => Object.keys(rubrics).length > 0, "say what is judged, at least of one quality"),
    pass_at: PassAt,
  }),
  http: z.strictObject({
    url: z.url({ protocol: /^https?$/ }).max(2000),
    timeout_ms: z.int().min(100).max(60_000).default(10_000),
    pass_at: PassAt,
    may_see_personal_data: z.boolean().default(false),
  }),
} as const satisfies Record<EvaluatorKind, z.ZodType>;

export type ConfigOf<Kind extends EvaluatorKind> = z.output<(typeof configs)[Kind]>;

/** A version's configuration of its kind as it was stored; throws where it is none. */
export function configOf<Kind extends EvaluatorKind>(kind: Kind, stored: unknown): ConfigOf<Kind> {
  // The schema of a kind gives the configuration of that kind.
  return configs[kind].parse(stored) as ConfigOf<Kind>;
}

/** The schema that a configuration of this kind must meet. */
export function configSchemaOf(kind: EvaluatorKind): z.ZodType {
  return configs[kind];
}

/** What each kind's configuration may be, for the contract of the API. */
export const AnyConfig = z.record(z.string(), z.json());
