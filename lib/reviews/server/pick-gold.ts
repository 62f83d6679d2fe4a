import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { GoldAnswer } from "../overturned";

export type PickedGold = { decision_id: string; expected: GoldAnswer; excluded: string[] };

/**
 * The known answer to ask next in a queue: the one asked least, and among those one chosen by `seed`; none that is
 * being asked already, and none that nobody is left to be asked about. Whoever ruled on it, proposed it, marked it, was
 * asked before, or leads the queue (and so sees the answers) is excluded.
 */
export async function pickGold(
  ctx: Context,
  { queueId, seed }: { queueId: string; seed: string },
): Promise<PickedGold | null> {
  const [picked] = await rowsOf<PickedGold>(
    ctx.db,
    sql`select g.decision_id, g.expected, x.people as excluded
      from gold_items g join decisions d on d.id = g.decision_id
      cross join lateral (select coalesce(json_agg(distinct who), '[]')::jsonb as people from (
        select g.marked_by as who
        union all select d.decided_by where d.decided_by like 'user:%'
        union all select d.submitted_by where d.submitted_by like 'user:%'
        union all select r.resolved_by from reviews r where r.decision_id = d.id and r.resolved_by like 'user:%'
        union all select m.reviewer from measures m where m.source_decision_id = d.id and m.reviewer is not null
        union all select m.first_reviewer from measures m where m.source_decision_id = d.id and m.first_reviewer is not null
        union all select 'user:' || l.user_id from queue_members l where l.queue_id = g.queue_id and l.lead) known) x
      where g.org_id = ${ctx.orgId} and g.queue_id = ${queueId} and g.retired_at is null
        and not exists (select 1 from measures m where m.source_decision_id = g.decision_id and m.answered_at is null)
        and exists (select 1 from users u where u.org_id = g.org_id and u.role = 'reviewer' and u.disabled_at is null
          and not x.people ? ('user:' || u.id)
          and (not exists (select 1 from queue_members q where q.queue_id = g.queue_id)
            or exists (select 1 from queue_members q where q.queue_id = g.queue_id and q.user_id = u.id)))
      order by (select count(*) from measures m where m.source_decision_id = g.decision_id and m.kind = 'gold'),
        md5(g.id || ${seed}) limit 1`,
  );
  return picked ?? null;
}

/** Whether anybody but these may still be asked in the queue. */
export async function anybodyElse(
  ctx: Context,
  { queueId, excluded }: { queueId: string; excluded: readonly string[] },
): Promise<boolean> {
  const [found] = await rowsOf<{ yes: boolean }>(
    ctx.db,
    sql`select exists (select 1 from users u where u.org_id = ${ctx.orgId} and u.role = 'reviewer'
        and u.disabled_at is null and not (${JSON.stringify(excluded)}::jsonb ? ('user:' || u.id))
        and (not exists (select 1 from queue_members q where q.queue_id = ${queueId})
          or exists (select 1 from queue_members q where q.queue_id = ${queueId} and q.user_id = u.id))) as yes`,
  );
  return found?.yes ?? false;
}
