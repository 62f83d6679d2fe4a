import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { slaOf } from "./due-sql";

const batch = 500;
type Warned = {
  id: string;
  decision_id: string;
  queue_id: string;
  assigned_to: string | null;
  holder: string | null;
  due_at: string;
};

const isUnwarned = sql`r.status in ('open', 'claimed', 'snoozed') and r.warned_at is null and r.staged_verdict is null
  and r.due_at > now()`;
// Its own time, from its opening; what was escalated got its queue's, from then on.
const timeOf = sql`case when r.escalation_level = 0 then r.due_at - r.created_at
  else ${slaOf("q")} * interval '1 minute' end`;

/**
 * A timer: once half of a review's time is gone it is marked, and the world told, once a stretch of time. Answers how
 * many. Many workers may run it.
 */
export async function warnDueReviews(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    // Bounded by the longest time there is, so that what is due much later is never looked at; appeals have their own.
    const warned = await rowsOf<Warned>(
      ctx.db,
      sql`with longest as materialized (select greatest(240, (select max(sla_minutes) from autonomies where org_id = ${ctx.orgId}),
          (select max(m.value::int) from queues, jsonb_each_text(sla_minutes) m where org_id = ${ctx.orgId})) as minutes),
        near as (select r.id from reviews r where r.org_id = ${ctx.orgId} and ${isUnwarned}
            and r.due_at <= now() + (select minutes from longest) * interval '30 seconds'
          union select review_id from appeals where org_id = ${ctx.orgId} and status = 'submitted'),
        half as (select r.id from reviews r join queues q on q.id = r.queue_id
          left join autonomies au on au.app_id = r.app_id and au.type_id = r.type_id
          where r.id in (select id from near) and ${isUnwarned} and r.due_at <= now() + ${timeOf} / 2
          order by r.due_at limit ${batch} for update of r skip locked)
        update reviews r set warned_at = now() from half where r.id = half.id
        returning r.id, r.decision_id, r.queue_id, r.assigned_to, r.due_at::text as due_at,
          case when r.status = 'claimed' and r.lease_until > now() then r.claimed_by end as holder`,
    );
    if (warned.length === 0) return 0;
    const by = actorName(ctx.actor);
    await emit(
      ctx,
      ...warned.map(({ id, decision_id, queue_id, assigned_to, holder, due_at }) => ({
        type: "review.sla_warning" as const,
        subject: id,
        decisionId: decision_id,
        data: { by, queue: queue_id, assigned_to, holder, due_at: new Date(due_at).toISOString() },
      })),
    );
    await record(ctx, "reviews.warned", warned[0]?.id ?? "", { items: warned.map(({ id }) => id) });
    return warned.length;
  });
}
