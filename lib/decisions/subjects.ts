import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { Money } from "@/lib/kernel/money";
import { executionStatuses, verdicts } from "@/lib/kernel/statuses";
import { decisionStatuses, routes, truths } from "./schema";

/** One decision about a subject, with what became of it. Nothing of the model's side is in it. */
export const SubjectDecision = z.object({
  id: z.string(),
  object: z.literal("decision"),
  app: z.object({ key: z.string(), name: z.string() }),
  type: z.object({ key: z.string(), name: z.string() }),
  summary: z.string(),
  status: z.enum(decisionStatuses),
  route: z.enum(routes),
  amount: Money.nullable(),
  verdict: z.enum(verdicts).nullable().describe("Of its last review"),
  review_id: z.string().nullable(),
  execution: z.object({ id: z.string(), status: z.enum(executionStatuses) }).nullable(),
  undoes: z.boolean().describe("It takes back what another one did"),
  truth: z.enum(truths).nullable(),
  created_at: z.string(),
  decided_at: z.string().nullable(),
});
export type SubjectDecision = z.output<typeof SubjectDecision>;

/** Everything decided about one customer, order or whatever apps call a subject. */
export const SubjectView = z.object({
  object: z.literal("subject"),
  type: z.string(),
  id: z.string(),
  url: z.string().nullable().describe("The latest address an app gave for it"),
  totals: z.object({
    decisions: z.int(),
    apps: z.int(),
    waiting: z.int().describe("Waiting for a person"),
    by_status: z.array(z.object({ status: z.enum(decisionStatuses), count: z.int() })),
    moved: z.array(Money).describe("What was carried out, by currency"),
    taken_back: z.array(Money).describe("What undoing carried out, by currency"),
    first_at: z.string(),
    last_at: z.string(),
  }),
  decisions: listOf(SubjectDecision),
});
export type SubjectView = z.output<typeof SubjectView>;

export const getSubjectEndpoint = endpoint({
  id: "getSubject",
  method: "GET",
  path: "/api/v1/subjects/{type}/{id}",
  tag: "Decisions",
  summary: "Everything decided about one subject",
  description: "All its decisions across apps, newest first, with totals. An app's key sees its own only.",
  security: "key",
  scope: "decisions:read",
  params: z.object({ type: z.string().max(100), id: z.string().max(255) }),
  query: ListQuery,
  response: SubjectView,
  status: 200,
  problems: { 404: "Nothing was ever decided about it" },
});
