import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { AuditProgress, AuditState } from "../schema";
import { isToJudge, stateNow, viewerJoins, viewerOf } from "./viewer";

/** How many audits are open, held and done, and what each auditor has judged today (UTC), in 7 days and ever. */
export async function auditProgress(ctx: Context): Promise<AuditProgress> {
  authorize(ctx, "audits.read");
  const viewer = viewerOf(ctx);
  const states = await rowsOf<{ status: AuditState; count: number; overdue: number }>(
    ctx.db,
    // The same expressions as the worklist's, so that "nothing left" is never said while something is.
    sql`select ${stateNow(viewer)} as status, count(*) as count, count(*) filter (where a.due_at < now()) as overdue
      from audits a ${viewerJoins(viewer)}
      where a.org_id = ${ctx.orgId} and a.status in ('open', 'claimed')
        and (me.judged_at is not null or ${isToJudge(viewer)}) group by 1
      union all
      select 'done', count(*), 0 from audits a where a.org_id = ${ctx.orgId} and a.status = 'done'`,
  );
  const count = (status: AuditState) => states.find((state) => state.status === status)?.count ?? 0;
  return {
    open: count("open"),
    claimed: count("claimed"),
    waiting: count("waiting"),
    disputed: count("disputed"),
    done: count("done"),
    overdue: states.reduce((sum, state) => sum + state.overdue, 0),
    auditors: await byAuditor(ctx),
  };
}

function byAuditor(ctx: Context): Promise<AuditProgress["auditors"]> {
  return rowsOf<AuditProgress["auditors"][number]>(
    ctx.db,
    sql`select substr(j.auditor, 6) as id, coalesce(u.name, j.auditor) as name, j.today, j.week, j.done
      from (select auditor, count(*) as done,
          count(*) filter (where judged_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC') as today,
          count(*) filter (where judged_at >= now() - interval '7 days') as week
        from audit_judgements where org_id = ${ctx.orgId} and judged_at is not null group by auditor) j
      left join users u on 'user:' || u.id = j.auditor
      order by j.week desc, j.done desc, name limit 50`,
  );
}
