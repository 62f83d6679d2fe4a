import { z } from "zod";
import { predictions } from "@/lib/decisions/schema";

/** How a plan chooses: each alike; by confidence and action; what a policy touched; one segment. */
export const planKinds = ["random", "stratified", "policy_hit", "segment"] as const;
export type PlanKind = (typeof planKinds)[number];

/** `draft` until drawn; a plan is drawn once. */
export const planStatuses = ["draft", "drawn", "closed"] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** Routes a plan may draw from; what is in shadow has done nothing that could be judged. */
export const planRoutes = ["execute", "decline", "review"] as const;

/** One part of a plan's population and the probability with which each decision in it is drawn. */
export const Stratum = z.strictObject({
  name: z.string().trim().min(1).max(100),
  confidence: z
    .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
    .optional()
    .describe("From (included) to (excluded, except 1)"),
  predicted: z.enum(predictions).optional(),
  rate: z.number().gt(0).max(1).describe("The probability with which each of its decisions is drawn"),
});
export type Stratum = z.output<typeof Stratum>;

/** Which decisions a plan draws from, and with what probability each stratum's are drawn. */
export const PlanSpec = z.strictObject({
  app: z.string().max(100).optional().describe("Key or id of an app"),
  type: z.string().max(100).optional().describe("Key or id of a decision type"),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  routes: z.array(z.enum(planRoutes)).min(1).default(["execute", "decline"]),
  reasons: z
    .array(z.string().max(100))
    .max(20)
    .optional()
    .describe("policy_hit: codes of a route's reasons, one of which the decision must have"),
  segment: z.string().max(500).optional().describe("segment: a CEL expression over the decision"),
  strata: z.array(Stratum).min(1).max(50).describe("A decision belongs to the first stratum that holds it"),
});
export type PlanSpec = z.output<typeof PlanSpec>;

/** What a draw found in one stratum, kept with the plan. */
export type StratumResult = {
  name: string;
  rate: number;
  eligible: number;
  drawn: number;
  audited_before: number;
};

/** One question of a rubric and its answers, chosen with the digits 1 to 9. */
export const RubricKey = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  question: z.string().trim().min(1).max(200),
  answers: z.array(z.string().trim().min(1).max(80)).min(2).max(9),
});
export type RubricKey = z.output<typeof RubricKey>;
