import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { isAdmin } from "./queue-lead";

export type LedQueueRow = {
  key: string;
  name: string;
  gold_rate: number;
  double_rate: number;
  dwell_seconds: number;
};

/** The queues whose reviewers this person may look after: those they lead; every one for an admin. */
export async function listLedQueues(ctx: Context): Promise<LedQueueRow[]> {
  authorize(ctx, "reviewers.read");
  const me = ctx.actor.kind === "user" ? ctx.actor.id : "";
  return rowsOf<LedQueueRow>(
    ctx.db,
    sql`select q.key, q.name, q.gold_rate, q.double_rate, q.dwell_seconds from queues q
      where q.org_id = ${ctx.orgId} and q.archived_at is null and (${isAdmin(ctx)}::boolean
        or exists (select 1 from queue_members m where m.queue_id = q.id and m.user_id = ${me} and m.lead))
      order by q.position, q.name limit 200`,
  );
}
