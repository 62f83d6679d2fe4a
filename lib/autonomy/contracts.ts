import { z } from "zod";
import { predictions } from "@/lib/decisions/schema";
import { ListQuery } from "@/lib/kernel/list";

const Share = z.number("a number").gt(0, "more than 0").lt(1, "less than 1");
const Hours = z
  .int("a whole number of hours")
  .min(1, "at least one hour")
  .max(24 * 60, "at most 60 days");
const Minor = z.int("a whole number of minor units").min(0, "not below 0").max(Number.MAX_SAFE_INTEGER);

const Ramp = z
  .array(Share.or(z.literal(1)))
  .min(1, "at least one step")
  .max(10, "at most ten steps")
  .refine((ramp) => ramp.at(-1) === 1, { error: "The last step is 1: everything that may" })
  .refine((ramp) => ramp.every((step, at) => step > (ramp[at - 1] ?? 0)), {
    error: "Each step is more than the one before",
  });

const AskedTerms = z.strictObject({
  alpha: Share.max(0.5, "at most 0.5").optional().describe("At most this share wrong among what runs alone"),
  delta: Share.max(0.5, "at most 0.5").optional().describe("… except with this probability"),
  family: z
    .int("a whole number")
    .min(1, "at least 1")
    .max(1000, "at most 1000")
    .optional()
    .describe("Above 1: the promise holds for so many segments together, each at delta / family"),
  cost: z
    .strictObject({
      budget: Minor.min(1, "at least 1").describe(
        "Minor units that an automatic decision may lose on average",
      ),
      cap: Minor.optional().describe(
        "What one decision can lose: the top of the amount band, whatever is sent",
      ),
    })
    .nullable()
    .optional()
    .describe("Promise a mean cost in place of a share; alpha is then budget / cap"),
  gold_correction: z
    .boolean()
    .optional()
    .describe("Tighten alpha by what reviewers are known to miss, measured on known answers"),
  label_hours: Hours.optional().describe("A label this late counts as wrong"),
  audit_floor: z.int("a whole number").min(0).max(10_000).optional().describe("Audits a day at least"),
  alarm_run_length: z
    .int("a whole number")
    .min(100, "at least 100")
    .max(1_000_000)
    .optional()
    .describe("Mean number of audits between two false alarms"),
  detection_days: z.int("a whole number").min(1).max(365).optional(),
  expands: z.enum(["signed", "by_itself"]).optional(),
  ramp: Ramp.optional().describe("Shares of what may run alone that do, a day each; the last is 1"),
  audit_sla_hours: Hours.optional().describe(
    "Audits may be overdue for so long before autonomy is taken back",
  ),
});

const Ref = z.string().min(1).max(100);

export const CreateContract = z
  .strictObject({
    app: Ref.describe("Id or key of the app"),
    type: Ref.describe("Id or key of the decision type"),
    predicted: z.enum(predictions).describe("positive: proposals to act; negative: not to act"),
    amount_from: Minor.nullable().default(null).describe("Minor units, included; null: no limit"),
    amount_to: Minor.nullable().default(null).describe("Minor units, excluded; null: no limit"),
    level: z
      .enum(["shadow", "review_all"])
      .default("review_all")
      .describe("Where it starts; shadow records only. More takes evidence and two signatures"),
    terms: AskedTerms.default({}),
  })
  .refine(
    (input: Band) =>
      input.amount_from === null || input.amount_to === null || input.amount_from < input.amount_to,
    {
      path: ["amount_to"],
      error: "The band ends above where it begins",
    },
  );
export type CreateContract = z.output<typeof CreateContract>;
type Band = { amount_from: number | null; amount_to: number | null };

const Version = z.int().min(1).describe("The version you read; a stale one answers 412 stale_version");
const Reason = z.string().trim().min(1, "Say why").max(500, "At most 500 characters");

export const ContractRef = z.object({ contract: z.string().min(1).max(64).describe("Id of the contract") });
export type ContractRef = z.output<typeof ContractRef>;

export const TermsPatch = z.strictObject({
  terms: AskedTerms,
  version: Version,
  reason: z.string().trim().max(500, "At most 500 characters").default(""),
});
export const UpdateTerms = ContractRef.extend(TermsPatch.shape);
export type UpdateTerms = z.output<typeof UpdateTerms>;

export const ProposalBody = z.strictObject({
  kind: z
    .enum(["threshold", "terms"])
    .describe("threshold: run alone from a certified threshold on; terms: looser ones"),
  threshold: z.number().min(0).max(1).optional().describe("One of the contract's certified thresholds"),
  terms: AskedTerms.optional(),
  version: Version,
  reason: Reason,
});
export const ProposeAutonomy = ContractRef.extend(ProposalBody.shape);
export type ProposeAutonomy = z.output<typeof ProposeAutonomy>;

export const ProposalRef = ContractRef.extend({
  proposal: z.string().min(1).max(64).describe("Id of the proposal"),
});
export type ProposalRef = z.output<typeof ProposalRef>;

export const ReasonBody = z.strictObject({ reason: Reason });
export const DeclineProposal = ProposalRef.extend(ReasonBody.shape);
export type DeclineProposal = z.output<typeof DeclineProposal>;
export const WithReason = ContractRef.extend(ReasonBody.shape);
export type WithReason = z.output<typeof WithReason>;

export const ContractFilter = ListQuery.extend({
  app: Ref.optional().describe("Id or key"),
  type: Ref.optional().describe("Id or key"),
  archived: z.stringbool().default(false).describe("Archived ones too"),
  awaiting: z
    .stringbool()
    .default(false)
    .describe("Only those with a proposal that waits for a second admin"),
});
export type ContractFilter = z.output<typeof ContractFilter>;
