import type { Truth } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import type { ApprovalRuleSnapshot } from "../approval-rules";
import { standingUnder } from "../quorum";
import type { Ruling } from "../schema";
import { checkBreakGlass } from "./break-glass";
import { digestOf, ruleOf } from "./case-rule";
import { requireSeat } from "./check-four-eyes";
import { glassAuditId, type BrokenGlass } from "./glass-audit";
import type { Case } from "./read-case";

/** What a ruling that nothing stands against would do. */
export type RulingPlan = {
  to: "approved" | "declined" | "awaiting_second";
  /** What it says of the proposal; nothing while others still have to approve. */
  reviewed?: Truth;
  rule: ApprovalRuleSnapshot | null;
  stage: number;
  /** The arguments as a person made them, that run or are to be approved. */
  edited?: JsonObject;
  /** The word that goes on record, with the digest of what it was given for. */
  word: {
    verdict: "approve" | "edit";
    digest: string;
    onBehalfOf: string | null;
    delegation: string | null;
  } | null;
  breakGlass: BrokenGlass | null;
  /** The stage that opens for others, and how many approvals it still needs. */
  next: { stage: number; needed: number } | null;
};

/**
 * What the ruling comes to under the approval rule of its decision. An approval that is not the last one passes the
 * decision on; an edit makes its author a proposer, and everybody else starts again. Throws `forbidden` where the
 * person has no seat in the open stage.
 */
export async function planRuling(ctx: Context, ruling: Ruling, about: Case): Promise<RulingPlan> {
  const { verdict } = ruling;
  const edited = verdict === "edit" ? ruling.arguments : (about.edited_arguments ?? undefined);
  const args = edited ?? about.arguments;
  // Nothing comes of a copy that measures its reviewer: one verdict is enough.
  const rule = about.measure ? null : ruleOf(about, args);
  const digest = digestOf(about, args);
  const stage = rule ? standingUnder(rule, about.given, digest).stage : 1;
  const plan = { rule, stage, edited, word: null, breakGlass: null, next: null };
  if (verdict === "decline" || verdict === "respond") {
    return { ...plan, to: "declined", reviewed: "negative", edited: undefined };
  }
  if (!rule) return { ...plan, to: "approved", reviewed: "positive" };
  if (verdict === "edit") {
    const word = { verdict, digest, onBehalfOf: null, delegation: null } as const;
    const next = { stage: 1, needed: rule.stages[0]?.minimum ?? 1 };
    return { ...plan, to: "awaiting_second", stage: 1, word, next };
  }
  return planApproval(ctx, ruling.break_glass ?? null, about, { ...plan, rule, digest });
}

type Approving = Omit<RulingPlan, "to" | "rule"> & { rule: ApprovalRuleSnapshot; digest: string };

async function planApproval(
  ctx: Context,
  breakGlass: string | null,
  about: Case,
  { digest, ...plan }: Approving,
): Promise<RulingPlan> {
  const approved = { ...plan, to: "approved", reviewed: "positive" } as const;
  const own = { verdict: "approve", digest, onBehalfOf: null, delegation: null } as const;
  if (breakGlass !== null) {
    await checkBreakGlass(ctx, about, plan.rule, digest);
    const glass = { reason: breakGlass, audit: await glassAuditId(ctx, about.decision_id) };
    return { ...approved, word: own, breakGlass: glass };
  }
  const standing = standingUnder(plan.rule, about.given, digest);
  if (!standing.open) return { ...approved, word: own };
  const seat = await requireSeat(ctx, standing.open, about);
  const lender = about.lenders.find(({ user }) => user === seat.onBehalfOf);
  const word = {
    ...own,
    onBehalfOf: seat.onBehalfOf === null ? null : `user:${seat.onBehalfOf}`,
    delegation: lender?.delegation ?? null,
  };
  if (standing.missing <= 1) return { ...approved, word };
  const isStageDone = standing.missingHere === 1;
  const stage = isStageDone ? standing.stage + 1 : standing.stage;
  const needed = isStageDone ? (plan.rule.stages[stage - 1]?.minimum ?? 1) : standing.missingHere - 1;
  return { ...plan, to: "awaiting_second", word, next: { stage, needed } };
}
