import { z } from "zod";

/** One round of approvals: who may give them, and how many are needed before the next. */
export const ApprovalStage = z.strictObject({
  name: z.string().trim().min(1).max(100),
  minimum: z.int().min(1).max(5).describe("Approvals of different people that this stage needs"),
  skills: z.array(z.string().trim().min(1).max(60)).max(10).default([]),
  members: z.array(z.string().max(64)).max(50).default([]).describe("Ids of people; empty: any reviewer"),
});
export type ApprovalStage = z.output<typeof ApprovalStage>;

/** An approval rule as it held when the review opened: a later change of the rule changes no open review. */
export type ApprovalRuleSnapshot = { id: string; version: number; name: string; stages: ApprovalStage[] };
