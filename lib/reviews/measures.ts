import { z } from "zod";
import { predictions } from "@/lib/decisions/schema";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { goldAnswers } from "./overturned";

const Person = z.object({ id: z.string(), name: z.string() });
const Queue = z.object({ id: z.string(), key: z.string(), name: z.string() });
const about = { tag: "Reviewers", security: "key", status: 200 } as const;

/** Below these no share is given: too few to say anything of anybody. */
export const least = { measured: 10, doubled: 20, ruled: 20 } as const;
/** Fewer reviewers than this in a queue and a pseudonym hides nobody. */
export const leastPseudonyms = 3;

/** A share of plain counts with its exact 95 % interval; no value below `needed`. */
export const Share = z.object({
  part: z.int(),
  n: z.int(),
  needed: z.int().describe("Below this n no value is given"),
  value: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});
export type Share = z.output<typeof Share>;

/** How rulings of one person, or of a queue, held up where the right answer is known. */
export const ReviewerFigures = z.object({
  object: z.literal("reviewer_figures"),
  from: z.string(),
  rulings: z.int().describe("Verdicts on reviews in this time, at most the newest that are looked at"),
  sensitivity: Share.describe("Of proposals known to be wrong, the share that was overturned"),
  sensitivity_bound: z.number().nullable().describe("One-sided 95 % lower bound (Clopper-Pearson)"),
  specificity: Share.describe("Of proposals known to be right, the share that was left standing"),
  agreement: Share.describe("Second looks that said the same as the first about acting"),
  kappa: z
    .object({ value: z.number(), lower: z.number(), upper: z.number() })
    .nullable()
    .describe("Cohen's kappa of the same pairs"),
  overrides: Share.describe("Verdicts that differ from what the model proposed"),
  look_seconds: z
    .object({ p50: z.number().nullable(), p90: z.number().nullable(), n: z.int() })
    .describe("From opening to the verdict"),
});
export type ReviewerFigures = z.output<typeof ReviewerFigures>;

export const QueueReviewers = z.object({
  object: z.literal("queue_reviewers"),
  queue: Queue,
  named: z.boolean().describe("False: pseudonyms, because whoever asks does not lead the queue"),
  all: ReviewerFigures,
  reviewers: z
    .array(z.object({ id: z.string(), name: z.string(), figures: ReviewerFigures }))
    .describe("In the order of their names, never of their figures"),
  withheld: z.string().nullable().describe("Why nobody is listed, where nobody is"),
});
export type QueueReviewers = z.output<typeof QueueReviewers>;

export const GoldItem = z.object({
  id: z.string(),
  object: z.literal("gold_item"),
  decision_id: z.string(),
  summary: z.string(),
  type: z.object({ key: z.string(), name: z.string() }),
  amount: Money.nullable(),
  predicted: z.enum(predictions),
  expected: z.enum(goldAnswers).describe("What is right about acting"),
  wrong: z.boolean().describe("The model's proposal is known to be wrong"),
  source: z.enum(["person", "audit", "outcome"]).describe("How the answer is known"),
  note: z.string().nullable(),
  marked_by: Person,
  created_at: z.string(),
  asked: z.int().describe("Copies that were answered"),
});
export type GoldItem = z.output<typeof GoldItem>;

export const GoldProposal = z.object({
  decision_id: z.string(),
  summary: z.string(),
  type: z.object({ key: z.string(), name: z.string() }),
  amount: Money.nullable(),
  predicted: z.enum(predictions),
  expected: z.enum(goldAnswers),
  wrong: z.boolean(),
  source: z.enum(["audit", "outcome"]),
  created_at: z.string(),
});
export type GoldProposal = z.output<typeof GoldProposal>;

export const MarkGold = z.strictObject({
  decision_id: z.string().min(1).max(64),
  expected: z
    .enum(goldAnswers)
    .optional()
    .describe("Left out: what an auditor's or an outcome's label of the decision says"),
  note: z.string().trim().min(1).max(1000).optional(),
});
export type MarkGold = z.output<typeof MarkGold>;

export const longestDays = 365;
export const Days = z.object({ days: z.coerce.number().int().min(1).max(longestDays).default(90) });

export const QueueRef = z.object({ queue: z.string().min(1).max(100).describe("Key or id of a queue") });
export const GoldRef = QueueRef.extend({ gold: z.string().min(1).max(64) });

const notLead = "You do not lead this queue";

export const myFiguresEndpoint = endpoint({
  ...about,
  id: "getMyReviewerFigures",
  method: "GET",
  path: "/api/v1/reviewers/me",
  summary: "How your own rulings held up",
  description: "Private to you and to whoever leads your queues. Never a ranking.",
  query: Days,
  response: ReviewerFigures,
});

export const queueReviewersEndpoint = endpoint({
  ...about,
  id: "getQueueReviewers",
  method: "GET",
  path: "/api/v1/queues/{queue}/reviewers",
  summary: "How the rulings of a queue's reviewers held up",
  description:
    "For whoever leads the queue. Admins who do not lead it see pseudonyms; nobody else sees anything.",
  params: QueueRef,
  query: Days,
  response: QueueReviewers,
  problems: { 403: notLead, 404: "There is no such queue" },
});

export const listGoldEndpoint = endpoint({
  ...about,
  id: "listGoldItems",
  method: "GET",
  path: "/api/v1/queues/{queue}/gold",
  summary: "List the past decisions with a known answer that are mixed into a queue",
  description: "For whoever leads the queue, and admins. Whoever leads it is never asked about them.",
  params: QueueRef,
  query: ListQuery,
  response: listOf(GoldItem),
  problems: { 403: notLead, 404: "There is no such queue" },
});

export const markGoldEndpoint = endpoint({
  ...about,
  id: "markGoldItem",
  method: "POST",
  path: "/api/v1/queues/{queue}/gold",
  summary: "Mark a past decision whose right answer is known",
  params: QueueRef,
  body: MarkGold,
  response: GoldItem,
  status: 201,
  problems: {
    403: notLead,
    404: "There is no such queue or decision",
    409: "It is marked already",
    422: "Its right answer is not known, or it cannot be shown again",
  },
});

export const retireGoldEndpoint = endpoint({
  ...about,
  id: "retireGoldItem",
  method: "DELETE",
  path: "/api/v1/queues/{queue}/gold/{gold}",
  summary: "Take a known answer out of a queue",
  description: "What was answered stays in the figures.",
  params: GoldRef,
  response: GoldItem,
  problems: { 403: notLead, 404: "There is no such item in force" },
});

export const proposeGoldEndpoint = endpoint({
  ...about,
  id: "proposeGoldItems",
  method: "GET",
  path: "/api/v1/queues/{queue}/gold/proposals",
  summary: "Past decisions whose right answer an auditor or an outcome has told",
  params: QueueRef,
  response: z.object({ object: z.literal("gold_proposals"), data: z.array(GoldProposal) }),
  problems: { 403: notLead, 404: "There is no such queue" },
});

export const measureEndpoints = [
  myFiguresEndpoint,
  queueReviewersEndpoint,
  listGoldEndpoint,
  markGoldEndpoint,
  retireGoldEndpoint,
  proposeGoldEndpoint,
];
