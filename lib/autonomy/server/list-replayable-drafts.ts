import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

export type ReplayableDraft = { id: string; policy: string; number: number; status: "draft" | "shadow" };

/** Versions of policies that are not in force yet and would hold for this app, by policy. */
export async function listReplayableDrafts(
  ctx: Context,
  { app }: { app: string },
): Promise<ReplayableDraft[]> {
  authorize(ctx, "policies.read");
  return rowsOf<ReplayableDraft>(
    ctx.db,
    sql`select v.id, p.name as policy, v.number, v.status from policy_versions v join policies p on p.id = v.policy_id
      where v.org_id = ${ctx.orgId} and v.status in ('draft', 'shadow') and p.archived_at is null
        and (p.app_id is null or p.app_id = ${app}) order by p.position, p.name limit 200`,
  );
}
