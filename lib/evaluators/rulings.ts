import { z } from "zod";
import { predictions } from "@/lib/decisions/schema";
import { AnyJson } from "@/lib/kernel/json";
import { EvaluatorRef, ScoreRef, ScoreView } from "./views";
import { qualities } from "./vocabulary";

/** A case that an evaluator has scored, without a word of what it said: a person rules first. */
export const RulingCase = z.object({
  score_id: z.string(),
  evaluator_id: z.string(),
  evaluator: z.string(),
  quality: z.enum(qualities),
  rubric: z.string().nullable().describe("What a judge was told; null: the evaluator is no judge"),
  wants: z.enum(["passed", "label"]).describe("What the evaluator gave, and so what is asked for"),
  labels: z.array(z.string()).describe("Labels it has given so far, to choose from"),
  decision_id: z.string().nullable(),
  subject: z.string().nullable(),
  summary: z.string().nullable(),
  input: AnyJson.nullable(),
  context: AnyJson.nullable(),
  output: z
    .object({ predicted: z.enum(predictions), arguments: AnyJson, rationale: z.string() })
    .nullable()
    .describe("What came out; null: an item of a benchmark, known by its name only"),
  prompt: z.string().nullable(),
});
export type RulingCase = z.output<typeof RulingCase>;

export const NextRuling = z.object({
  object: z.literal("next_ruling"),
  case: RulingCase.nullable().describe("Null: nothing is left that this person could rule on"),
  ruled: z.int().describe("Cases of the current version that this person has ruled on"),
  left: z.int().describe("Cases that they could still rule on, of the latest 2,000"),
});
export type NextRuling = z.output<typeof NextRuling>;

export const NextRulingQuery = z.object({
  score: z.string().max(64).optional().describe("A certain score; left out: one at random"),
});
export const AskRuling = EvaluatorRef.extend(NextRulingQuery.shape);
export type AskRuling = z.output<typeof AskRuling>;

export const RulingBody = z
  .strictObject({
    passed: z.boolean().nullable().default(null),
    label: z.string().trim().min(1).max(100).nullable().default(null),
    rationale: z.string().trim().max(4000).nullable().default(null),
  })
  .refine(({ passed, label }) => (passed === null) !== (label === null), {
    message: "give passed or a label, one of them",
    path: ["passed"],
  });
export type RulingBody = z.output<typeof RulingBody>;
export const RuleOnScore = ScoreRef.extend(RulingBody.shape);
export type RuleOnScore = z.output<typeof RuleOnScore>;

export const RulingView = z.object({
  object: z.literal("ruling"),
  passed: z.boolean().nullable(),
  label: z.string().nullable(),
  agrees: z.boolean().nullable().describe("Null: the two cannot be compared"),
  score: ScoreView.describe("What the evaluator had said, now that the person has"),
});
export type RulingView = z.output<typeof RulingView>;
