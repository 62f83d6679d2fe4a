import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { budgetPeriods, budgetScopes } from "./schema";

const Limit = z.int("a whole number").min(1, "at least 1").max(Number.MAX_SAFE_INTEGER).nullable();
const MaxAmount = Limit.describe(
  "Minor units of `currency`; null: amounts are not limited. An act whose amount cannot be read has no room in it, nor has one in a currency that no budget of the same scope is in",
);
const MaxCount = z
  .int("a whole number")
  .min(1, "at least 1")
  .max(1_000_000_000)
  .nullable()
  .describe("How many acts; null: their number is not limited");
const Currency = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR");

/** What a window has used. For the scope `subject`: the subject that has used most. */
const Usage = z.object({
  amount: z.int().describe("Minor units of the budget's currency"),
  count: z.int(),
  subject: z.string().nullable().describe("`type:id`; for the scope subject only"),
  window_start: z.string(),
  window_end: z.string(),
});

export const BudgetView = z.object({
  id: z.string(),
  object: z.literal("budget"),
  scope: z.enum(budgetScopes).describe("`subject`: each subject of one app apart"),
  scope_id: z.string().describe("The app's id (app, subject), the connector's or the decision type's"),
  scope_key: z.string(),
  scope_name: z.string(),
  period: z.enum(budgetPeriods).describe("Windows begin with the hour, or the day, in UTC"),
  currency: Currency.nullable().describe("Null: acts are counted, whatever money they move"),
  max_amount: z.int().nullable(),
  max_count: z.int().nullable(),
  used: Usage,
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
  archived_at: z.string().nullable(),
  proposal: z
    .object({
      max_amount: z.int().nullable(),
      max_count: z.int().nullable(),
      archived: z.boolean().describe("True: out of force"),
      proposed_by: z.object({ id: z.string(), name: z.string() }),
      proposed_at: z.string(),
    })
    .nullable()
    .describe("What one admin wants that lets more be carried out; in force once another one signs it"),
});
export type BudgetView = z.output<typeof BudgetView>;

type Limits = { currency: string | null; max_amount: number | null; max_count: number | null };

export const CreateBudget = z
  .strictObject({
    scope: z.enum(budgetScopes),
    scope_id: z.string().min(1, "Say which one").max(100).describe("Id or key"),
    period: z.enum(budgetPeriods),
    currency: Currency.nullable().default(null),
    max_amount: MaxAmount.default(null),
    max_count: MaxCount.default(null),
  })
  .refine((budget: Limits) => budget.max_amount !== null || budget.max_count !== null, {
    path: ["max_amount"],
    error: "Set an amount, a number of acts, or both",
  })
  .refine((budget: Limits) => (budget.max_amount !== null) === (budget.currency !== null), {
    path: ["currency"],
    error: "An amount needs its currency, and a currency its amount",
  });
export type CreateBudget = z.output<typeof CreateBudget>;

export const BudgetRef = z.object({ budget: z.string().min(1).max(64).describe("Id of the budget") });
export const BudgetPatch = z.strictObject({
  max_amount: MaxAmount.optional(),
  max_count: MaxCount.optional(),
  archived: z.boolean().optional().describe("An archived budget limits nothing"),
  version: z.int().min(1).describe("The version you read; a stale one answers 412 stale_version"),
});
export const UpdateBudget = BudgetRef.extend(BudgetPatch.shape);
export type UpdateBudget = z.output<typeof UpdateBudget>;

export const SignBody = z.strictObject({
  version: z.int().min(1).describe("The version you read; a stale one answers 412 stale_version"),
});
export const SignBudget = BudgetRef.extend(SignBody.shape);
export type SignBudget = z.output<typeof SignBudget>;

export const BudgetFilter = ListQuery.extend({
  scope: z.enum(budgetScopes).optional(),
  scope_id: z.string().max(64).optional(),
  archived: z.stringbool().default(false).describe("Archived ones too"),
});
export type BudgetFilter = z.output<typeof BudgetFilter>;

const budgets = { tag: "Budgets", security: "key" } as const;
export const listBudgetsEndpoint = endpoint({
  ...budgets,
  id: "listBudgets",
  method: "GET",
  path: "/api/v1/budgets",
  summary: "List budgets with what is used of each now",
  description: "An app's key sees the budgets of its own app.",
  scope: "decisions:read",
  query: BudgetFilter,
  response: listOf(BudgetView),
  status: 200,
});
export const createBudgetEndpoint = endpoint({
  ...budgets,
  id: "createBudget",
  method: "POST",
  path: "/api/v1/budgets",
  summary: "Create a budget",
  description:
    "Admins only. It counts from now on: reserved in the moment an act is claimed to be sent, given back when it is certain that nothing happened. Where the scope's budgets are in other currencies it gives room to money that had none: then it is a `proposal`, out of force until another admin signs it.",
  body: CreateBudget,
  response: BudgetView,
  status: 201,
  problems: { 404: "not_found", 409: "conflict", 422: "validation_failed" },
});
export const updateBudgetEndpoint = endpoint({
  ...budgets,
  id: "updateBudget",
  method: "PATCH",
  path: "/api/v1/budgets/{budget}",
  summary: "Change or archive a budget",
  description:
    "Admins only. What is used stays as it is. A higher limit, one less, or the archive lets more be carried out: that is kept as the budget's `proposal` until another admin signs it, and the limits in force stay. Any other change is in force at once and ends the proposal; so does sending the limits in force again, which declines it.",
  params: BudgetRef,
  body: BudgetPatch,
  response: BudgetView,
  status: 200,
  problems: { 404: "not_found", 412: "stale_version", 422: "validation_failed" },
});

export const signBudgetEndpoint = endpoint({
  ...budgets,
  id: "signBudget",
  method: "POST",
  path: "/api/v1/budgets/{budget}/sign",
  summary: "Sign what another admin proposed for a budget",
  description: "Admins. It is in force at once. Whoever proposed it does not sign it.",
  params: BudgetRef,
  body: SignBody,
  response: BudgetView,
  status: 200,
  problems: { 403: "own_proposal", 404: "not_found", 409: "proposal_lapsed", 412: "stale_version" },
});

export const budgetEndpoints = [
  listBudgetsEndpoint,
  createBudgetEndpoint,
  updateBudgetEndpoint,
  signBudgetEndpoint,
] as const;
