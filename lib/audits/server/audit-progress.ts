import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { AuditProgress } from "../schema";
import { statusNow } from "./audit-rows";

/** How many audits are open, held and done, and what each auditor has judged today (UTC), in 7 days and ever. */
export async function auditProgress(ctx: Context): Promise<AuditProgress> {
  authorize(ctx, "audits.read");
  const states = await rowsOf<{ status: "open" | "claimed" | "done"; count: number; overdue: number }>(
    ctx.db,
    // The same expression as the worklist's, so that "nothing left" is never said while something is.
    sql`select ${statusNow} as status, count(*) as count, count(*) filter (where a.status <> 'done' and a.due_at < now()) as overdue
      from audits a where a.org_id = ${ctx.orgId} group by 1`,
  );
  const auditors = await rowsOf<AuditProgress["auditors"][number]>(
    ctx.db,
    sql`select substr(a.judged_by, 6) as id, coalesce(u.name, a.judged_by) as name, a.today, a.week, a.done
      from (select judged_by, count(*) as done,
          count(*) filter (where judged_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC') as today,
          count(*) filter (where judged_at >= now() - interval '7 days') as week
        from audits where org_id = ${ctx.orgId} and status = 'done' group by judged_by) a
      left join users u on 'user:' || u.id = a.judged_by
      order by a.week desc, a.done desc, name limit 50`,
  );
  const count = (status: string) => states.find((state) => state.status === status)?.count ?? 0;
  return {
    open: count("open"),
    claimed: count("claimed"),
    done: count("done"),
    overdue: states.reduce((sum, state) => sum + state.overdue, 0),
    auditors,
  };
}
