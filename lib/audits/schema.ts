import { z } from "zod";
import {
  ContextItem,
  decisionStatuses,
  Model,
  predictions,
  Reason,
  routes,
  truths,
} from "@/lib/decisions/schema";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { causes, executionStatuses } from "@/lib/kernel/statuses";
import { RubricKey } from "./plans";

export const auditStatuses = ["open", "claimed", "done", "expired"] as const;
export type AuditStatus = (typeof auditStatuses)[number];

export const judgements = ["correct", "incorrect", "borderline"] as const;
export type Judgement = (typeof judgements)[number];

/** How long a claim lasts, and how long after opening an audit is due. */
export const auditLeaseMinutes = 30;
export const auditDueHours = 72;

/** What an audit is to the one who looks: `waiting`: they have judged, others have not; `disputed`: they differed. */
export const auditStates = [...auditStatuses, "waiting", "disputed"] as const;
export type AuditState = (typeof auditStates)[number];

/**
 * Parts of the worklist. `open` is everything one may still judge (for an admin: all that is not done); `waiting` is
 * what one has judged and others have not (for an admin: what is disputed).
 */
export const auditTabs = ["open", "mine", "waiting", "done"] as const;
export type AuditTab = (typeof auditTabs)[number];

const Person = z.object({ id: z.string(), name: z.string() });

/**
 * An audit as the worklist shows it. Nothing here tells what the model proposed or what became of it: the auditor's
 * own answer comes first.
 */
export const AuditSummary = z.object({
  id: z.string(),
  object: z.literal("audit"),
  status: z
    .enum(auditStates)
    .describe("As it is to you: a claim whose lease is over reads `open`, another judge's claim too"),
  app: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  type: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  subject: z.object({ type: z.string(), id: z.string() }).nullable(),
  summary: z.string().describe("The action in question, in a sentence drawn from validated arguments"),
  amount: Money.nullable(),
  submitted_at: z.string(),
  opened_at: z.string(),
  due_at: z.string().nullable(),
  overdue: z.boolean(),
  held_by: Person.nullable(),
  lease_until: z.string().nullable(),
  answered: z.boolean().describe("The auditor who holds it has given an answer and has not judged yet"),
  judges_needed: z.int().describe("How many auditors judge it, none of whom sees another's answer first"),
  broke_glass: z
    .boolean()
    .describe(
      "A lead approved it alone, where several people are asked for; told after one's own answer, and at once to who does not judge",
    ),
  judgement: z.enum(judgements).nullable(),
  judged_by: Person.nullable(),
  judged_at: z.string().nullable(),
});
export type AuditSummary = z.output<typeof AuditSummary>;

/** What is shown only after the auditor's own answer is stored. */
export const AuditReveal = z.object({
  decision_id: z.string(),
  predicted: z.enum(predictions),
  confidence: z.number().nullable(),
  rationale: z.string().nullable(),
  model: Model.nullable(),
  prompt_version: z.string().nullable(),
  status: z.enum(decisionStatuses),
  route: z.object({ outcome: z.enum(routes), threshold: z.number().nullable(), reasons: z.array(Reason) }),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
  execution: z
    .object({
      status: z.enum(executionStatuses),
      reference: z.string().nullable(),
      settled_at: z.string().nullable(),
    })
    .nullable(),
  outcome: z.object({ truth: z.enum(truths) }).nullable(),
  pi: z
    .number()
    .nullable()
    .describe("The probability with which this decision was drawn for an audit; null: a person chose it"),
  plan: z.object({ id: z.string(), name: z.string(), stratum: z.string().nullable() }).nullable(),
  sent: z
    .object({ by: Person, reason: z.string().nullable() })
    .nullable()
    .describe("Who chose it, or broke the glass, and why"),
});
export type AuditReveal = z.output<typeof AuditReveal>;

/** One auditor's word, as those may see it who have given theirs. */
export const AuditAnswer = z.object({
  auditor: Person,
  answer: z.enum(truths),
  judgement: z.enum(judgements),
  cause: z.enum(causes).nullable(),
  note: z.string().nullable(),
  rubric: z.record(z.string(), z.int()).nullable().describe("Key to the answer's number, from 1"),
  adjudication: z.boolean().describe("The last word, where the others differed"),
  judged_at: z.string(),
});
export type AuditAnswer = z.output<typeof AuditAnswer>;

/** One audit: the evidence, and after the blind answer what the model proposed and what happened. */
export const AuditView = AuditSummary.extend({
  evidence: z.object({
    input: AnyJson,
    context: z.array(ContextItem).nullable(),
    arguments: z.record(z.string(), AnyJson),
  }),
  blind_answer: z.enum(truths).nullable(),
  blind_at: z.string().nullable(),
  cause: z.enum(causes).nullable(),
  note: z.string().nullable(),
  rubric: z.object({ id: z.string(), name: z.string(), keys: z.array(RubricKey) }).nullable(),
  adjudicating: z.boolean().describe("You have the last word; told once your own answer is stored"),
  answers: z
    .array(AuditAnswer)
    .nullable()
    .describe("Null before you have judged; all of them once it is done, disputed, or yours to adjudicate"),
  reveal: AuditReveal.nullable(),
});
export type AuditView = z.output<typeof AuditView>;

/** How far the audits are, from one predicate; per auditor what they judged. */
export const AuditProgress = z.object({
  open: z.int(),
  claimed: z.int(),
  waiting: z.int().describe("You have judged, others have not"),
  disputed: z
    .int()
    .describe("Of those that you may know of: you have judged them, or you do not judge at all"),
  done: z.int(),
  overdue: z.int(),
  auditors: z.array(
    z.object({ id: z.string(), name: z.string(), today: z.int(), week: z.int(), done: z.int() }),
  ),
});
export type AuditProgress = z.output<typeof AuditProgress>;

export const AuditListQuery = ListQuery.extend({
  tab: z.enum(auditTabs).default("open"),
  app: z.string().max(100).optional().describe("Key or id of an app"),
  type: z.string().max(100).optional().describe("Key or id of a decision type"),
  plan: z.string().max(64).optional().describe("Id of a sampling plan: its own and those in its population"),
});
export type AuditListQuery = z.output<typeof AuditListQuery>;

const Note = z.string().trim().min(1).max(5000);

export const BlindAnswer = z.strictObject({
  answer: z.enum(truths).describe("Should this have been done? positive: yes; negative: no"),
});

export const Judging = z
  .strictObject({
    judgement: z.enum(judgements),
    cause: z.enum(causes).optional().describe("Why it was wrong; needed when the judgement is incorrect"),
    note: Note.optional(),
    rubric: z
      .record(z.string().max(40), z.int().min(1).max(9))
      .optional()
      .describe("Where the audit has a rubric: for each of its keys the number of an answer, from 1"),
  })
  .refine((value) => value.judgement !== "incorrect" || value.cause !== undefined, {
    path: ["cause"],
    message: "say why it was wrong: input, context, inference, policy or reviewer",
  })
  .refine((value) => value.judgement !== "correct" || value.cause === undefined, {
    path: ["cause"],
    message: "what was correct has no cause",
  });
export type Judging = z.output<typeof Judging>;

export const AuditRef = z.object({ auditId: z.string().max(64) });
export const AnswerBlind = AuditRef.extend(BlindAnswer.shape);
export type AnswerBlind = z.output<typeof AnswerBlind>;
export const JudgeAudit = AuditRef.extend({ ruling: Judging });
export type JudgeAudit = z.output<typeof JudgeAudit>;
export const ClaimNextAudit = z.strictObject({
  app: z.string().max(100).optional(),
  type: z.string().max(100).optional(),
  plan: z.string().max(64).optional(),
  exclude: z.array(z.string().max(64)).max(200).default([]).describe("Audits not to be offered again"),
});
export type ClaimNextAudit = z.output<typeof ClaimNextAudit>;
