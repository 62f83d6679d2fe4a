import { sql } from "drizzle-orm";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ApprovalRuleView } from "../approval-rules";
import { readApprovalRule, readApprovalRules } from "./read-approval-rules";

/** Who must approve what, in the order the rules are asked. */
export async function listApprovalRules(ctx: Context, query: ListQuery): Promise<List<ApprovalRuleView>> {
  authorize(ctx, "approval_rules.read");
  const { limit, starting_after: after } = query;
  const past =
    after === undefined
      ? sql`true`
      : sql`(ar.position, ar.id) > (select position, id from approval_rules where id = ${after})`;
  const rows = await readApprovalRules(ctx, past, limit + 1);
  const data = rows.slice(0, limit);
  return { object: "list", url: "/api/v1/approval_rules", has_more: rows.length > limit, data };
}

/** One approval rule. Throws `not_found`. */
export async function getApprovalRule(ctx: Context, input: { rule: string }): Promise<ApprovalRuleView> {
  authorize(ctx, "approval_rules.read");
  return readApprovalRule(ctx, input.rule);
}
