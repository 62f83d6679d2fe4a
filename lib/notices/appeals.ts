import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { causes } from "@/lib/kernel/statuses";
import { appealDefaults, appealLimits } from "./appeal-limits";
import { appealStatuses } from "./schema";

export const OfferAppeal = z.strictObject({
  expires_in_days: z.int().min(1).max(366).default(appealDefaults.linkDays),
});
export type OfferAppeal = z.output<typeof OfferAppeal>;

/** A link for the person a decision is about. */
export const NoticeView = z.object({
  id: z.string(),
  object: z.literal("notice"),
  decision_id: z.string(),
  url: z.string().describe("The whole link. In this answer and never again"),
  expires_at: z.string(),
});
export type NoticeView = z.output<typeof NoticeView>;

/** What somebody wrote, as the public form sends it. */
export const Statement = z.object({
  statement: z
    .string()
    .trim()
    .min(1, "Say what you think is wrong")
    .max(appealLimits.statement, `At most ${appealLimits.statement} characters`),
  contact: z
    .string()
    .trim()
    .max(appealLimits.contact, `At most ${appealLimits.contact} characters`)
    .default(""),
});
export type Statement = z.output<typeof Statement>;

const AppealFile = z.object({ id: z.string(), name: z.string(), media_type: z.string(), size: z.int() });

/** An appeal as staff see it. What the person wrote is theirs: show it as text. */
export const AppealView = z.object({
  id: z.string(),
  object: z.literal("appeal"),
  decision_id: z.string(),
  review_id: z.string().nullable(),
  status: z.enum(appealStatuses),
  app: z.object({ id: z.string(), name: z.string() }),
  type: z.object({ id: z.string(), name: z.string() }),
  /** The decision as it stands, and who answered it first. */
  outcome: z.enum(["acted", "not_acted", "open"]),
  first_ruled_by: z.array(z.object({ id: z.string(), name: z.string() })),
  /** The act that was carried out, and so could be undone. */
  execution_id: z.string().nullable(),
  statement: z.string().nullable(),
  contact: z.string().nullable(),
  files: z.array(AppealFile),
  answer: z.string().nullable(),
  expires_at: z.string(),
  submitted_at: z.string().nullable(),
  due_at: z.string().nullable(),
  overdue: z.boolean(),
  closed_at: z.string().nullable(),
  created_at: z.string(),
});
export type AppealView = z.output<typeof AppealView>;

export const ResolveAppeal = z.strictObject({
  verdict: z.enum(["upheld", "overturned"]).describe("upheld: the decision stands; overturned: it was wrong"),
  answer: z
    .string()
    .trim()
    .min(1, "The person gets an answer")
    .max(5000, "At most 5000 characters")
    .describe("Shown to the person who appealed, as it is"),
  cause: z.enum(causes).optional().describe("Why it was wrong, for our own figures"),
});
export type ResolveAppeal = z.output<typeof ResolveAppeal>;

export const AppealListQuery = ListQuery.extend({
  status: z.enum(appealStatuses).optional(),
  decision: z.string().max(64).optional().describe("Of one decision"),
});
export type AppealListQuery = z.output<typeof AppealListQuery>;

const AppealParams = z.object({ appeal: z.string().max(64).describe("Its id, or its review's") });
const about = { tag: "Appeals", security: "key", status: 200 } as const;

export const offerAppealEndpoint = endpoint({
  ...about,
  id: "offerAppeal",
  method: "POST",
  path: "/api/v1/decisions/{decision}/notice",
  summary: "Make a link that tells the person concerned, and takes their appeal",
  description:
    "For decisions that were made. The page says what was decided, when, by whom (a person or automatically) and why, in words meant for them. Each call makes a new link.",
  scope: "decisions:write",
  params: z.object({ decision: z.string().max(64) }),
  body: OfferAppeal,
  response: NoticeView,
  status: 201,
  problems: { 404: "There is no such decision", 409: "It is not decided yet" },
});

export const listAppealsEndpoint = endpoint({
  ...about,
  id: "listAppeals",
  method: "GET",
  path: "/api/v1/appeals",
  summary: "List appeals, newest first",
  description: "For people: a personal access token or a session.",
  query: AppealListQuery,
  response: listOf(AppealView),
});

export const getAppealEndpoint = endpoint({
  ...about,
  id: "getAppeal",
  method: "GET",
  path: "/api/v1/appeals/{appeal}",
  summary: "Get an appeal",
  params: AppealParams,
  response: AppealView,
  problems: { 404: "There is no such appeal" },
});

export const resolveAppealEndpoint = endpoint({
  ...about,
  id: "resolveAppeal",
  method: "POST",
  path: "/api/v1/appeals/{appeal}/resolve",
  summary: "Answer an appeal",
  description:
    "Only a person who had no part in the decision. Nothing is undone by it: propose to undo what was carried out, or ask the app to submit anew.",
  params: AppealParams,
  body: ResolveAppeal,
  response: AppealView,
  problems: {
    403: "You had a part in the decision",
    404: "There is no such appeal",
    409: "It is answered already, or somebody else holds its review",
    422: "The answer is missing",
  },
});
