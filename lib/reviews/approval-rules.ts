import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";

/** One round of approvals: who may give them, and how many are needed before the next. */
export const ApprovalStage = z.strictObject({
  name: z.string().trim().min(1).max(100),
  minimum: z.int().min(1).max(5).describe("Approvals of different people that this stage needs"),
  skills: z.array(z.string().trim().min(1).max(60)).max(10).default([]),
  members: z.array(z.string().max(64)).max(50).default([]).describe("Ids of people; empty: any reviewer"),
  excluded: z
    .array(z.string().max(64))
    .max(50)
    .optional()
    .describe("Ids of people whose approval this stage never takes, nor anybody's in their place"),
});
export type ApprovalStage = z.output<typeof ApprovalStage>;

/** An approval rule as it held when the review opened: a later change of the rule lets no open review off. */
export type ApprovalRuleSnapshot = { id: string; version: number; name: string; stages: ApprovalStage[] };

const Stages = z
  .array(ApprovalStage)
  .min(1)
  .max(5)
  .refine((stages) => stages.every(hasEnoughMembers), {
    error: "A stage names fewer people than it needs approvals",
  });

function hasEnoughMembers({ members, excluded, minimum }: ApprovalStage): boolean {
  const able = new Set(members.filter((id) => !excluded?.includes(id)));
  return members.length === 0 || able.size >= minimum;
}

const Name = z.string().trim().min(1, "Give it a name").max(100);
const Position = z
  .int()
  .min(0)
  .max(10_000)
  .describe("Rules are asked in this order; the first that fits holds");
const MinAmount = z
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .nullable()
  .describe(
    "Minor units of the type's own currency; an amount that cannot be read or compared counts as above it",
  );
const Ref = z.string().min(1).max(100).nullable();

export const ApprovalRuleInput = z.strictObject({
  name: Name,
  position: Position.default(0),
  type: Ref.default(null).describe("Id or key of a decision type; null: any"),
  queue: Ref.default(null).describe("Id or key of a queue; null: any"),
  min_amount: MinAmount.default(null),
  stages: Stages,
  enabled: z.boolean().default(true),
});
export type ApprovalRuleInput = z.output<typeof ApprovalRuleInput>;

export const ApprovalRulePatch = z.strictObject({
  name: Name.optional(),
  position: Position.optional(),
  type: Ref.optional(),
  queue: Ref.optional(),
  min_amount: MinAmount.optional(),
  stages: Stages.optional(),
  enabled: z.boolean().optional(),
  version: z.int().min(1).describe("The version you read; a stale one answers 412 stale_version"),
});
export const ApprovalRuleRef = z.object({ rule: z.string().min(1).max(64).describe("Id of the rule") });
export const UpdateApprovalRule = ApprovalRuleRef.extend(ApprovalRulePatch.shape);
export type UpdateApprovalRule = z.output<typeof UpdateApprovalRule>;

const Named = z.object({ id: z.string(), key: z.string(), name: z.string() });
const Person = z.object({ id: z.string(), name: z.string() });

export const ApprovalRuleView = z.object({
  id: z.string(),
  object: z.literal("approval_rule"),
  name: z.string(),
  position: z.int(),
  type: Named.nullable(),
  queue: Named.nullable(),
  min_amount: z.int().nullable(),
  currency: z.string().nullable().describe("The type's; null where the rule is of any type"),
  stages: z.array(
    z.object({
      name: z.string(),
      minimum: z.int(),
      skills: z.array(z.string()),
      members: z.array(Person),
      excluded: z.array(Person),
    }),
  ),
  enabled: z.boolean(),
  version: z.int(),
  updated_by: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ApprovalRuleView = z.output<typeof ApprovalRuleView>;

const about = { tag: "Approval rules", security: "key" } as const;
const path = "/api/v1/approval_rules";

export const listApprovalRulesEndpoint = endpoint({
  ...about,
  id: "listApprovalRules",
  method: "GET",
  path,
  summary: "List who must approve what, in the order the rules are asked",
  query: ListQuery,
  response: listOf(ApprovalRuleView),
  status: 200,
});
export const createApprovalRuleEndpoint = endpoint({
  ...about,
  id: "createApprovalRule",
  method: "POST",
  path,
  summary: "Create an approval rule",
  description: "Admins only. It holds at once, also for what already waits and has no approval yet.",
  body: ApprovalRuleInput,
  response: ApprovalRuleView,
  status: 201,
  problems: { 404: "not_found", 422: "validation_failed" },
});
export const getApprovalRuleEndpoint = endpoint({
  ...about,
  id: "getApprovalRule",
  method: "GET",
  path: `${path}/{rule}`,
  summary: "Get an approval rule",
  params: ApprovalRuleRef,
  response: ApprovalRuleView,
  status: 200,
  problems: { 404: "not_found" },
});
export const updateApprovalRuleEndpoint = endpoint({
  ...about,
  id: "updateApprovalRule",
  method: "PATCH",
  path: `${path}/{rule}`,
  summary: "Change an approval rule",
  description: "Admins only. What was submitted before asks for no less than the rule did then.",
  params: ApprovalRuleRef,
  body: ApprovalRulePatch,
  response: ApprovalRuleView,
  status: 200,
  problems: { 404: "not_found", 412: "stale_version", 422: "validation_failed" },
});
export const deleteApprovalRuleEndpoint = endpoint({
  ...about,
  id: "deleteApprovalRule",
  method: "DELETE",
  path: `${path}/{rule}`,
  summary: "Remove an approval rule",
  description: "Admins only. What was submitted before still asks for it.",
  params: ApprovalRuleRef,
  response: ApprovalRuleView,
  status: 200,
  problems: { 404: "not_found" },
});

export const approvalRuleEndpoints = [
  listApprovalRulesEndpoint,
  createApprovalRuleEndpoint,
  getApprovalRuleEndpoint,
  updateApprovalRuleEndpoint,
  deleteApprovalRuleEndpoint,
] as const;
