import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { QueueMember } from "../queues";
import { queueOf } from "./queue-lead";
import { stamp } from "./review-sql";

/** Who works on a queue, leads first, with what they can and what they hold. Throws `not_found`. */
export async function listQueueMembers(ctx: Context, input: { queue: string }): Promise<List<QueueMember>> {
  authorize(ctx, "queues.read");
  const queue = await queueOf(ctx, input.queue);
  const rows = await rowsOf<Omit<QueueMember, "object">>(
    ctx.db,
    sql`select u.id, u.name, u.email, m.lead, coalesce(us.skills, '[]'::jsonb) as skills,
        (select coalesce(json_agg(need order by need), '[]') from jsonb_array_elements_text(q.skills) need
          where not coalesce(us.skills, '[]'::jsonb) ? need) as lacks,
        case when us.away_until > now() then ${stamp("us.away_until")} end as away_until,
        (select count(*)::int from reviews r where r.claimed_by = 'user:' || u.id and r.status = 'claimed'
          and r.lease_until > now() and r.queue_id = q.id) as held,
        (select count(*)::int from reviews r where r.org_id = u.org_id and r.assigned_to = 'user:' || u.id
          and r.status in ('open', 'claimed', 'snoozed') and r.queue_id = q.id) as assigned
      from queue_members m join users u on u.id = m.user_id join queues q on q.id = m.queue_id
      left join user_settings us on us.user_id = u.id
      where m.queue_id = ${queue.id} and m.org_id = ${ctx.orgId} and u.disabled_at is null
      order by m.lead desc, u.name, u.id limit 500`,
  );
  return {
    object: "list",
    url: `/api/v1/queues/${queue.id}/members`,
    has_more: false,
    data: rows.map((row) => ({ object: "queue_member", ...row })),
  };
}
