import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import { Skill } from "./queues";

const Person = z.string().min(1).max(64).describe("Id of a person");
const Why = z.string().trim().min(1).max(5000).describe("Why, as a note that the team reads");

export const ForwardReview = z
  .strictObject({
    queue: z.string().min(1).max(100).optional().describe("Key or id of the queue it goes to"),
    person: Person.optional(),
    note: Why.optional(),
  })
  .refine((given) => given.queue !== undefined || given.person !== undefined, {
    path: ["queue"],
    error: "Say where it goes: to a queue, to a person, or both",
  });
export const ReassignReview = z.strictObject({
  person: Person.nullable().describe("Whom it is kept for; null: it goes back to its queue"),
});
export const PassedTo = z.object({ reviewId: z.string().max(64) });
export const ForwardInput = PassedTo.and(ForwardReview);
export type ForwardInput = z.output<typeof ForwardInput>;
export const ReassignInput = PassedTo.extend(ReassignReview.shape);
export type ReassignInput = z.output<typeof ReassignInput>;

/** Where a review is after it was passed on. */
export const Passed = z.object({
  id: z.string(),
  object: z.literal("review"),
  queue: z.object({ id: z.string(), key: z.string(), name: z.string() }),
  assigned_to: z.object({ id: z.string(), name: z.string() }).nullable(),
  due_at: z.string().describe("As before: passing on buys no time"),
});
export type Passed = z.output<typeof Passed>;

/** Where a review may go. */
export const PassTargets = z.object({
  queues: z.array(z.object({ id: z.string(), key: z.string(), name: z.string(), current: z.boolean() })),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      away_until: z.string().nullable(),
      lacks: z.array(z.string()).describe("Skills of its queue that they do not have"),
      works_here: z.boolean(),
    }),
  ),
  may_reassign: z.boolean().describe("You lead its queue, or are an admin"),
});
export type PassTargets = z.output<typeof PassTargets>;

/** A reviewer as leads see them. */
export const ReviewerView = z.object({
  id: z.string(),
  object: z.literal("person"),
  name: z.string(),
  email: z.string(),
  skills: z.array(z.string()),
  away_until: z.string().nullable(),
});
export type ReviewerView = z.output<typeof ReviewerView>;

export const PersonRef = z.object({ person: Person.describe("Id of a person, or me") });
export const Skills = z.strictObject({ skills: z.array(Skill).max(50) });
export const SetSkills = PersonRef.extend(Skills.shape);
export type SetSkills = z.output<typeof SetSkills>;
export const Away = z.strictObject({
  until: z.iso
    .datetime({ offset: true, error: "a time such as 2026-12-24T08:00:00Z" })
    .nullable()
    .describe("Null: they are there"),
});
export const SetAway = PersonRef.extend(Away.shape);
export type SetAway = z.output<typeof SetAway>;

const ReviewParams = z.object({ review: z.string().max(64) });
const review = {
  tag: "Reviews",
  security: "key",
  status: 200,
  method: "POST",
  params: ReviewParams,
} as const;
const person = { tag: "People", security: "key", status: 200 } as const;

export const forwardReviewEndpoint = endpoint({
  ...review,
  id: "forwardReview",
  path: "/api/v1/reviews/{review}/forward",
  summary: "Pass a review on",
  description: "To another queue, to a person, or both. Whoever may take it may; its due time stays.",
  body: ForwardReview,
  response: Passed,
  problems: {
    404: "There is no such review",
    409: "Somebody else holds it, or it is resolved",
    422: "It cannot go there",
  },
});
export const reassignReviewEndpoint = endpoint({
  ...review,
  id: "reassignReview",
  path: "/api/v1/reviews/{review}/reassign",
  summary: "Say who does a review",
  description:
    "Leads of its queue and admins. Takes it from whoever holds it, unless they have given a verdict.",
  body: ReassignReview,
  response: Passed,
  problems: {
    404: "There is no such review",
    409: "It is resolved, or a verdict is given",
    422: "They cannot do it",
  },
});
export const takeOverReviewEndpoint = endpoint({
  ...review,
  id: "takeOverReview",
  path: "/api/v1/reviews/{review}/take_over",
  summary: "Take a review over from whoever holds it",
  description: "Leads of its queue, unless a verdict is given.",
  response: Passed,
  problems: { 404: "There is no such review", 409: "It is resolved, or a verdict is given" },
});
export const passTargetsEndpoint = endpoint({
  ...review,
  method: "GET",
  id: "listPassTargets",
  path: "/api/v1/reviews/{review}/targets",
  summary: "Where a review may go",
  response: PassTargets,
  problems: { 404: "There is no such review" },
});
export const listPeopleEndpoint = endpoint({
  ...person,
  id: "listPeople",
  method: "GET",
  path: "/api/v1/people",
  summary: "List reviewers with their skills, and whether they are there",
  response: listOf(ReviewerView),
});
export const setSkillsEndpoint = endpoint({
  ...person,
  id: "setSkills",
  method: "PUT",
  path: "/api/v1/people/{person}/skills",
  summary: "Set what a reviewer can",
  description: "Leads and admins; nobody sets their own.",
  params: PersonRef,
  body: Skills,
  response: ReviewerView,
  problems: { 403: "You lead no queue, or it is yourself", 404: "not_found" },
});
export const setAwayEndpoint = endpoint({
  ...person,
  id: "setAway",
  method: "PUT",
  path: "/api/v1/people/{person}/away",
  summary: "Say until when somebody is away",
  description:
    "Oneself (`me`), a lead, an admin. Nothing is kept for them meanwhile, and what was goes back.",
  params: PersonRef,
  body: Away,
  response: ReviewerView,
  problems: { 403: "You lead no queue", 404: "not_found", 422: "The time is past" },
});

export const passingEndpoints = [
  forwardReviewEndpoint,
  reassignReviewEndpoint,
  takeOverReviewEndpoint,
  passTargetsEndpoint,
  listPeopleEndpoint,
  setSkillsEndpoint,
  setAwayEndpoint,
];
