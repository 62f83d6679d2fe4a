import { z } from "zod";
import { truths } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { causes } from "@/lib/kernel/statuses";
import { decisionRefFields, isOneRef, isWindowOfSubject, oneRefIssue, windowIssue } from "./decision-ref";
import { EvidenceInput, EvidenceSpan } from "./evidence-contract";

export { causes } from "@/lib/kernel/statuses";

export const feedbackSources = [
  "reviewer",
  "auditor",
  "customer",
  "llm_auditor",
  "system_of_record",
] as const;
export type FeedbackSource = (typeof feedbackSources)[number];

export const votes = ["up", "down"] as const;

/** What somebody may say of a decision. */
export const saidFields = {
  source: z
    .enum(feedbackSources)
    .optional()
    .describe("An app names it; a reviewer or an auditor speaks for themselves and needs none"),
  vote: z.enum(votes).optional(),
  score: z.number().min(0, "must be from 0 to 1").max(1, "must be from 0 to 1").optional(),
  text: z.string().trim().min(1).max(20_000).optional(),
  correction: z
    .record(z.string(), AnyJson)
    .optional()
    .describe("The right arguments, checked against the decision type's own schema"),
  cause: z.enum(causes).optional().describe("Why the decision was wrong"),
  evidence: z
    .array(EvidenceInput)
    .min(1)
    .max(20)
    .optional()
    .describe("The words of the decision that it rests on; each must stand where it says"),
} as const;

export function saysSomething({ source: _, ...said }: object & { source?: unknown }): boolean {
  return Object.values(said).some((value) => value !== undefined);
}
export const saysNothingIssue = {
  message: "say something: a vote, a score, a text, a correction, a cause or evidence",
};

/** What somebody says of a decision; at least one thing of it. */
export const NewFeedback = z.strictObject(saidFields).refine(saysSomething, saysNothingIssue);
export type NewFeedback = z.output<typeof NewFeedback>;

export const FeedbackView = z.object({
  id: z.string(),
  object: z.literal("feedback"),
  decision_id: z.string(),
  source: z.enum(feedbackSources),
  vote: z.enum(votes).nullable(),
  score: z.number().nullable(),
  text: z.string().nullable(),
  correction: z.record(z.string(), AnyJson).nullable(),
  cause: z.enum(causes).nullable(),
  evidence: z.array(EvidenceSpan),
  link_id: z.string().nullable().describe("The feedback link it came over"),
  replaced_by: z
    .string()
    .nullable()
    .describe("What its author said in its place later; null: this is what stands, unless withdrawn"),
  withdrawn_at: z.string().nullable().describe("When it was taken back; null: it was not"),
  by: z.string(),
  created_at: z.string(),
});
export type FeedbackView = z.output<typeof FeedbackView>;

/** The truth, in either of two ways of saying it. */
export const outcomeFields = {
  truth: z.enum(truths).optional().describe("Was acting right? positive: yes; negative: no"),
  correct: z.boolean().optional().describe("Was the proposal right? In place of truth"),
  detail: z.string().trim().min(1).max(2000).optional(),
  occurred_at: z.iso.datetime({ offset: true }).optional().describe("When the world showed it"),
};
export const eitherWay = (value: { truth?: unknown; correct?: unknown }) =>
  (value.truth === undefined) !== (value.correct === undefined);
export const eitherWayIssue = { path: ["truth"], message: "send either truth or correct" };

export const NewOutcome = z.strictObject(outcomeFields).refine(eitherWay, eitherWayIssue);
export type NewOutcome = z.output<typeof NewOutcome>;

/** One of a batch. */
export const OutcomeItem = z
  .strictObject({ ...outcomeFields, ...decisionRefFields })
  .refine(eitherWay, eitherWayIssue)
  .refine(isOneRef, oneRefIssue)
  .refine(isWindowOfSubject, windowIssue);
export type OutcomeItem = z.output<typeof OutcomeItem>;

export const OutcomeView = z.object({
  id: z.string(),
  object: z.literal("outcome"),
  decision_id: z.string(),
  truth: z.enum(truths),
  correct: z.boolean().describe("Whether the proposal was right by this"),
  source: z.enum(feedbackSources),
  detail: z.string().nullable(),
  occurred_at: z.string().nullable(),
  by: z.string(),
  created_at: z.string(),
});
export type OutcomeView = z.output<typeof OutcomeView>;

export const maxOutcomes = 1000;

export const OutcomeAnswer = z.object({
  index: z.int(),
  status: z.int(),
  replayed: z.boolean().describe("The latest outcome already said the same; nothing was written"),
  outcome: z.object({ id: z.string(), decision_id: z.string(), truth: z.enum(truths) }).nullable(),
  error: z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      code: z.string(),
      errors: z.array(
        z.object({ pointer: z.string(), code: z.string(), message: z.string(), fix: z.string().optional() }),
      ),
    })
    .nullable(),
});
export type OutcomeAnswer = z.output<typeof OutcomeAnswer>;

const DecisionParams = z.object({ decision: z.string().max(64) });
const about = { tag: "Feedback", security: "key", params: DecisionParams } as const;
const unknown = "There is no such decision";

export const giveFeedbackEndpoint = endpoint({
  ...about,
  id: "giveFeedback",
  method: "POST",
  path: "/api/v1/decisions/{decision}/feedback",
  summary: "Say something of a decision",
  description:
    "An app's key sends what a customer, an LLM auditor or a system of record said; a person speaks as reviewer or auditor, by their role.",
  scope: "feedback:write",
  headers: [
    {
      name: "Idempotency-Key",
      description: "Repeating it with the same body answers with the same feedback.",
    },
  ],
  body: NewFeedback,
  response: FeedbackView,
  status: 201,
  problems: {
    404: unknown,
    422: "A field is wrong, the correction does not fit the type's schema, or a quote does not stand there",
  },
});

export const listFeedbackEndpoint = endpoint({
  ...about,
  id: "listFeedback",
  method: "GET",
  path: "/api/v1/decisions/{decision}/feedback",
  summary: "List what was said of a decision, newest first",
  scope: "decisions:read",
  query: ListQuery,
  response: listOf(FeedbackView),
  status: 200,
  problems: { 404: unknown },
});

export const recordOutcomeEndpoint = endpoint({
  ...about,
  id: "recordOutcome",
  method: "POST",
  path: "/api/v1/decisions/{decision}/outcome",
  summary: "Tell what was right",
  description:
    "Accepted however late. What the world showed last stands, by occurred_at or else when it was told; repeating what is known changes nothing and answers 200.",
  scope: "feedback:write",
  body: NewOutcome,
  response: OutcomeView,
  status: 201,
  problems: { 404: unknown, 422: "Neither truth nor correct was sent, or both" },
});

export const recordOutcomesEndpoint = endpoint({
  id: "recordOutcomeBatch",
  method: "POST",
  path: "/api/v1/outcomes/batch",
  tag: "Feedback",
  security: "key",
  summary: "Tell what was right of up to 1,000 decisions",
  description:
    'JSON `{ "outcomes": [ … ] }`, an array, or NDJSON (application/x-ndjson), one outcome a line, by decision_id, external_id or subject. Each item stands alone and is answered in order.',
  scope: "feedback:write",
  requestTypes: ["application/json", "application/x-ndjson"],
  body: z.object({ outcomes: z.array(OutcomeItem).max(maxOutcomes) }),
  response: z.object({ object: z.literal("batch"), data: z.array(OutcomeAnswer) }),
  status: 200,
  problems: { 400: "The body is not JSON", 413: "The body is over 4 MB or has over 1,000 items" },
});
