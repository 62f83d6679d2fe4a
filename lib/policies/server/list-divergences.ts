import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { PolicyDivergence, PolicyRef } from "../views";
import { maskFor } from "./mask-for";
import { readPolicy, stamp } from "./read-policies";

const mostShown = 100;

/** The latest decisions that the version in shadow would have routed otherwise. Throws `not_found`. */
export async function listPolicyDivergences(ctx: Context, input: PolicyRef): Promise<List<PolicyDivergence>> {
  authorize(ctx, "policies.read");
  const { id, open } = await readPolicy(ctx, input.policy);
  const rows = await rowsOf<Omit<PolicyDivergence, "object">>(
    ctx.db,
    sql`select g.id, g.decision_id, g.rule_id as rule, g.was, g.would, ${stamp("g.created_at")} as created_at,
        t.name || coalesce(' · ' || d.subject_id, '') as summary
      from policy_divergences g join decisions d on d.id = g.decision_id join decision_types t on t.id = d.type_id
      where g.org_id = ${ctx.orgId} and g.version_id = ${open?.id ?? ""} order by g.id desc limit ${mostShown + 1}`,
  );
  const data = rows.slice(0, mostShown).map((row) => ({ ...row, object: "policy_divergence" as const }));
  return {
    object: "list",
    url: `/api/v1/policies/${id}/divergences`,
    has_more: rows.length > mostShown,
    data: await maskFor(ctx, data),
  };
}
