import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ApprovalRuleView, ApprovalStage } from "../approval-rules";
import { stamp } from "./review-sql";

type Named = { id: string; key: string; name: string };
type Row = Omit<ApprovalRuleView, "object" | "stages" | "min_amount"> & {
  min_amount: number | string | null;
  stages: ApprovalStage[];
  names: Record<string, string> | null;
  type: Named | null;
  queue: Named | null;
};

/** Approval rules (`ar`) as they are shown, in the order they are asked; the caller has authorised. */
export async function readApprovalRules(
  ctx: Context,
  where: SQL,
  limit: number,
): Promise<ApprovalRuleView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select ar.id, ar.name, ar.position, ar.min_amount, t.currency, ar.stages, ar.enabled, ar.version,
        coalesce(u.name, ar.updated_by) as updated_by, ${stamp("ar.created_at")} as created_at,
        ${stamp("ar.updated_at")} as updated_at,
        case when t.id is not null then json_build_object('id', t.id, 'key', t.key, 'name', t.name) end as type,
        case when q.id is not null then json_build_object('id', q.id, 'key', q.key, 'name', q.name) end as queue,
        (select json_object_agg(m.id, m.name) from users m where m.org_id = ar.org_id and m.id in (
          select jsonb_array_elements_text((s.stage -> 'members') || coalesce(s.stage -> 'excluded', '[]'))
            from jsonb_array_elements(ar.stages) s(stage))) as names
      from approval_rules ar
      left join decision_types t on t.id = ar.type_id
      left join queues q on q.id = ar.queue_id
      left join users u on ar.updated_by = 'user:' || u.id
      where ar.org_id = ${ctx.orgId} and ${where} order by ar.position, ar.id limit ${limit}`,
  );
  return rows.map(viewOf);
}

/** One rule. Throws `not_found`. */
export async function readApprovalRule(ctx: Context, id: string): Promise<ApprovalRuleView> {
  const [rule] = await readApprovalRules(ctx, sql`ar.id = ${id}`, 1);
  if (!rule) throw new DomainError("not_found", `There is no approval rule ${id.slice(0, 64)}`);
  return rule;
}

function viewOf({ names, stages, min_amount, ...row }: Row): ApprovalRuleView {
  const named = (id: string) => ({ id, name: names?.[id] ?? "Somebody who left" });
  return {
    ...row,
    object: "approval_rule",
    min_amount: min_amount === null ? null : Number(min_amount),
    stages: stages.map(({ members, excluded, ...stage }) => ({
      ...stage,
      members: members.map(named),
      excluded: (excluded ?? []).map(named),
    })),
  };
}
