import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";

/** The longest that authority can be lent, days. */
export const longestDelegation = 30;

export const DelegationInput = z.strictObject({
  to: z.string().min(1, "Say to whom").max(254).describe("Id or e-mail address of a reviewer"),
  queue: z
    .string()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe("Id or key of a queue; null: all queues"),
  reason: z.string().trim().min(1, "Say why").max(500),
  ends_at: z.iso.datetime({ offset: true, error: "Give an end, such as 2026-01-31T18:00:00Z" }),
});
export type DelegationInput = z.output<typeof DelegationInput>;

export const DelegationRef = z.object({
  delegation: z.string().min(1).max(64).describe("Id of the delegation"),
});
export type DelegationRef = z.output<typeof DelegationRef>;

export const delegationStatuses = ["active", "over", "revoked"] as const;
export type DelegationStatus = (typeof delegationStatuses)[number];

const Person = z.object({ id: z.string(), name: z.string() });

export const DelegationView = z.object({
  id: z.string(),
  object: z.literal("delegation"),
  status: z.enum(delegationStatuses),
  from: Person,
  to: Person,
  queue: z.object({ id: z.string(), key: z.string(), name: z.string() }).nullable(),
  reason: z.string(),
  starts_at: z.string(),
  ends_at: z.string(),
  revoked_at: z.string().nullable(),
});
export type DelegationView = z.output<typeof DelegationView>;

export const DelegationList = ListQuery.extend({
  active: z.stringbool().default(false).describe("Only those in force"),
});
export type DelegationList = z.output<typeof DelegationList>;

const about = { tag: "Delegations", security: "key" } as const;
const path = "/api/v1/delegations";

export const listDelegationsEndpoint = endpoint({
  ...about,
  id: "listDelegations",
  method: "GET",
  path,
  summary: "List who stands in for whom, newest first",
  description: "For people. A reviewer sees their own, auditors and admins see all.",
  query: DelegationList,
  response: listOf(DelegationView),
  status: 200,
});
export const createDelegationEndpoint = endpoint({
  ...about,
  id: "createDelegation",
  method: "POST",
  path,
  summary: "Lend your authority to another reviewer",
  description: `Your seats in approval rules and your queues, for up to ${longestDelegation} days. It cannot be lent on, and what keeps you from approving keeps them too.`,
  body: DelegationInput,
  response: DelegationView,
  status: 201,
  problems: { 404: "not_found", 422: "validation_failed" },
});
export const revokeDelegationEndpoint = endpoint({
  ...about,
  id: "revokeDelegation",
  method: "DELETE",
  path: `${path}/{delegation}`,
  summary: "End a delegation",
  description: "Whoever lent, and admins. What was approved under it stays.",
  params: DelegationRef,
  response: DelegationView,
  status: 200,
  problems: { 404: "not_found" },
});

export const delegationEndpoints = [
  listDelegationsEndpoint,
  createDelegationEndpoint,
  revokeDelegationEndpoint,
] as const;
