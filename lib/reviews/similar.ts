import { z } from "zod";
import { labelSources, truths } from "@/lib/decisions/schema";
import { roles } from "@/lib/identity/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { Money } from "@/lib/kernel/money";
import { executionStatuses, verdicts } from "@/lib/kernel/statuses";

/** A past decision that is alike, with what a person said and what came of it. */
export const SimilarDecision = z.object({
  decision_id: z.string(),
  summary: z.string(),
  verdict: z.enum(verdicts).nullable().describe("Null while the review is blind"),
  reason_code: z.string().nullable(),
  reviewer_role: z.enum(roles).nullable(),
  ruled_at: z.string(),
  amount: Money.nullable(),
  same_subject: z.boolean(),
  likeness: z.number().describe("Orders this list; it means nothing by itself"),
  outcome: z
    .object({ truth: z.enum(truths), source: z.enum(labelSources) })
    .nullable()
    .describe("Whether acting was right, as somebody other than the reviewer found"),
  execution: z.enum(executionStatuses).nullable(),
  differs: z.array(z.object({ field: z.string(), here: AnyJson, there: AnyJson })),
});
export type SimilarDecision = z.output<typeof SimilarDecision>;

export const SimilarDecisions = z.object({
  object: z.literal("similar_decisions"),
  decision_id: z.string(),
  hidden: z.boolean().describe("The verdicts are left out: whoever asks has to answer first"),
  data: z.array(SimilarDecision),
});
export type SimilarDecisions = z.output<typeof SimilarDecisions>;

export const mostSimilar = 5;

export const similarDecisionsEndpoint = endpoint({
  id: "similarDecisions",
  method: "GET",
  path: "/api/v1/decisions/{decision}/similar",
  tag: "Decisions",
  summary: "Past rulings on decisions like this one",
  description:
    "Of the same type, nearest first: by telling words, the same subject and a near amount. An app sees its own only.",
  security: "key",
  scope: "decisions:read",
  params: z.object({ decision: z.string().max(64) }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(mostSimilar).default(mostSimilar) }),
  response: SimilarDecisions,
  status: 200,
  problems: { 404: "There is no such decision" },
});
