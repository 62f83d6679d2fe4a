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
import { endpoint } from "@/lib/kernel/endpoint";
import { AnyJson } from "@/lib/kernel/json";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { causes, executionStatuses } from "@/lib/kernel/statuses";

export const auditStatuses = ["open", "claimed", "done", "expired"] as const;
export type AuditStatus = (typeof auditStatuses)[number];

export const judgements = ["correct", "incorrect", "borderline"] as const;
export type Judgement = (typeof judgements)[number];

/** How long a claim lasts, and how long after opening an audit is due. */
export const auditLeaseMinutes = 30;
export const auditDueHours = 72;

/** Parts of the worklist. `open` is everything not judged yet, whoever holds it. */
export const auditTabs = ["open", "mine", "done"] as const;
export type AuditTab = (typeof auditTabs)[number];

const Person = z.object({ id: z.string(), name: z.string() });

/**
 * An audit as the worklist shows it. Nothing here tells what the model proposed or what became of it: the auditor's
 * own answer comes first.
 */
export const AuditSummary = z.object({
  id: z.string(),
  object: z.literal("audit"),
  status: z.enum(auditStatuses).describe("As it is now: a claim whose lease is over reads `open`"),
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
  pi: z.number().describe("The probability with which this decision was drawn for an audit"),
});
export type AuditReveal = z.output<typeof AuditReveal>;

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
  reveal: AuditReveal.nullable(),
});
export type AuditView = z.output<typeof AuditView>;

/** How far the audits are, from one predicate; per auditor what they judged. */
export const AuditProgress = z.object({
  open: z.int(),
  claimed: z.int(),
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
  exclude: z.array(z.string().max(64)).max(200).default([]).describe("Audits not to be offered again"),
});
export type ClaimNextAudit = z.output<typeof ClaimNextAudit>;

const AuditParams = z.object({ audit: z.string().max(64) });
const about = { tag: "Audits", security: "key", status: 200 } as const;
const notYours = "Another auditor holds it, or it is already judged";

export const listAuditsEndpoint = endpoint({
  ...about,
  id: "listAudits",
  method: "GET",
  path: "/api/v1/audits",
  summary: "List audits",
  description:
    "For people: a personal access token or a session. Judged audits come newest first, open ones oldest first.",
  query: AuditListQuery,
  response: listOf(AuditSummary).extend({ progress: AuditProgress }),
  problems: { 422: "A filter is not understood" },
});

export const getAuditEndpoint = endpoint({
  ...about,
  id: "getAudit",
  method: "GET",
  path: "/api/v1/audits/{audit}",
  summary: "Get an audit",
  description: "`reveal` is null until the auditor's own answer is stored.",
  params: AuditParams,
  response: AuditView,
  problems: { 404: "There is no such audit" },
});

export const claimNextAuditEndpoint = endpoint({
  ...about,
  id: "claimNextAudit",
  method: "POST",
  path: "/api/v1/audits/claim",
  summary: "Claim the next audit",
  description: "Gives the oldest audit that nobody holds, with a lease; null when there is none.",
  body: ClaimNextAudit,
  response: z.object({ audit: AuditView.nullable() }),
});

export const answerAuditEndpoint = endpoint({
  ...about,
  id: "answerAudit",
  method: "POST",
  path: "/api/v1/audits/{audit}/answer",
  summary: "Answer before the model's proposal is shown",
  description: "Takes the audit when nobody holds it. The answer can never be changed.",
  params: AuditParams,
  body: BlindAnswer,
  response: AuditView,
  problems: { 404: "There is no such audit", 409: `${notYours}, or you have answered otherwise` },
});

export const judgeAuditEndpoint = endpoint({
  ...about,
  id: "judgeAudit",
  method: "POST",
  path: "/api/v1/audits/{audit}/judgement",
  summary: "Judge an audited decision",
  description: "After one's own answer. A borderline decision is half a loss and counts as wrong.",
  params: AuditParams,
  body: Judging,
  response: AuditView,
  problems: {
    404: "There is no such audit",
    409: `${notYours}, or you have not answered yet`,
    422: "A cause is missing",
  },
});

export const auditEndpoints = [
  listAuditsEndpoint,
  claimNextAuditEndpoint,
  getAuditEndpoint,
  answerAuditEndpoint,
  judgeAuditEndpoint,
];
