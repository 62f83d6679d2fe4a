import { approvalRules } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { ApprovalRuleInput, ApprovalRuleView } from "../approval-rules";
import { readApprovalRule } from "./read-approval-rules";
import { queueIdOf, requireMembers, typeIdOf } from "./rule-parts";

/** Says who must approve what. It holds at once, also for what waits already. Throws `not_found`, `validation_failed`. */
export async function createApprovalRule(ctx: Context, input: ApprovalRuleInput): Promise<ApprovalRuleView> {
  authorize(ctx, "approval_rules.write");
  return inTransaction(ctx, async (ctx) => {
    await requireMembers(ctx, input.stages);
    const id = newId("approvalRule");
    const by = actorName(ctx.actor);
    await ctx.db.insert(approvalRules).values({
      id,
      orgId: ctx.orgId,
      name: input.name,
      position: input.position,
      typeId: (await typeIdOf(ctx, input.type)) ?? null,
      queueId: (await queueIdOf(ctx, input.queue)) ?? null,
      minAmount: input.min_amount,
      stages: input.stages,
      enabled: input.enabled,
      createdBy: by,
      updatedBy: by,
    });
    await emit(ctx, { type: "approval_rule.changed", subject: id, data: { by, did: "created" } });
    await record(ctx, "approval_rule.created", id, { stages: input.stages.length, enabled: input.enabled });
    return readApprovalRule(ctx, id);
  });
}
