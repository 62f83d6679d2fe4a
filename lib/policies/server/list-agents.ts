import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { AgentView } from "../moderation/endpoints";
import { catalogue } from "../moderation/catalogue";
import { agentRows } from "./agent-rows";
import { agentView, type Seen } from "./agent-view";

/** Every moderation agent, with what was measured of it and what it saw in the last seven days. */
export async function listAgents(ctx: Context): Promise<{ object: "list"; data: AgentView[] }> {
  authorize(ctx, "agents.read");
  const [rows, seen] = await Promise.all([agentRows(ctx), seenLately(ctx)]);
  return { object: "list", data: catalogue.map(({ kind }) => agentView(kind, rows.get(kind), seen)) };
}

// Most decisions have no findings, and the index ends where the week begins.
async function seenLately({ db, orgId }: Context): Promise<Seen[]> {
  return rowsOf<Seen>(
    db,
    sql`with recent as materialized (
        select decision_id, findings from decision_findings
        where org_id = ${orgId} and created_at > now() - interval '7 days'
        order by created_at desc limit 20000)
      select f ->> 'agent' as agent, f ->> 'category' as category, count(*)::int as findings,
          count(distinct decision_id)::int as decisions
        from recent, jsonb_array_elements(findings) f
        group by grouping sets ((f ->> 'agent', f ->> 'category'), (f ->> 'agent'))`,
  );
}
