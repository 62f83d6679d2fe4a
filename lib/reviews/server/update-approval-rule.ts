import { and, eq, sql } from "drizzle-orm";
import { approvalRules } from "@/db/schema";
import { requireVersion } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { ApprovalRuleView, UpdateApprovalRule } from "../approval-rules";
import { readApprovalRule } from "./read-approval-rules";
import { queueIdOf, requireMembers, typeIdOf } from "./rule-parts";

/**
 * Changes an approval rule. What was submitted before asks for no less than the rule did then: its old form is kept by
 * the database. Throws `stale_version`, `not_found`, `validation_failed`.
 */
export async function updateApprovalRule(ctx: Context, input: UpdateApprovalRule): Promise<ApprovalRuleView> {
  authorize(ctx, "approval_rules.write");
  return inTransaction(ctx, async (ctx) => {
    const before = await lockRule(ctx, input.rule);
    requireVersion("approval rule", input.version, before.version);
    if (input.stages) await requireMembers(ctx, input.stages);
    const { rule: _, version: __, ...fields } = input;
    await write(ctx, before.id, {
      name: input.name,
      position: input.position,
      typeId: await typeIdOf(ctx, input.type),
      queueId: await queueIdOf(ctx, input.queue),
      minAmount: input.min_amount,
      stages: input.stages,
      enabled: input.enabled,
    });
    await told(ctx, before.id, "changed", { changed: Object.keys(fields) });
    return readApprovalRule(ctx, before.id);
  });
}

/** Removes an approval rule; what was submitted before still asks for it. Throws `not_found`. */
export async function deleteApprovalRule(ctx: Context, input: { rule: string }): Promise<ApprovalRuleView> {
  authorize(ctx, "approval_rules.write");
  return inTransaction(ctx, async (ctx) => {
    await lockRule(ctx, input.rule);
    // Switched off first: its history names who took it away.
    await write(ctx, input.rule, { enabled: false });
    const rule = await readApprovalRule(ctx, input.rule);
    await ctx.db.delete(approvalRules).where(eq(approvalRules.id, rule.id));
    await told(ctx, rule.id, "deleted", {});
    return rule;
  });
}

async function lockRule(ctx: Context, id: string) {
  const [rule] = await ctx.db
    .select()
    .from(approvalRules)
    .where(and(eq(approvalRules.id, id), eq(approvalRules.orgId, ctx.orgId)))
    .for("update");
  if (!rule) throw new DomainError("not_found", `There is no approval rule ${id.slice(0, 64)}`);
  return rule;
}

async function write(
  ctx: Context,
  id: string,
  set: Partial<typeof approvalRules.$inferInsert>,
): Promise<void> {
  await ctx.db
    .update(approvalRules)
    .set({
      ...set,
      version: sql`${approvalRules.version} + 1`,
      updatedBy: actorName(ctx.actor),
      updatedAt: sql`now()`,
    })
    .where(eq(approvalRules.id, id));
}

async function told(ctx: Context, id: string, did: "changed" | "deleted", data: object): Promise<void> {
  const by = actorName(ctx.actor);
  await emit(ctx, { type: "approval_rule.changed", subject: id, data: { by, did } });
  await record(ctx, `approval_rule.${did}`, id, data);
}
