import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { PassTargets } from "../passing";
import { leadsIt } from "./pass-parts";
import { inSight } from "./queue-scope";
import { stamp } from "./review-sql";

type People = PassTargets["people"];

/** The queues and people a review may go to, and whether the actor may take it from somebody. Throws `not_found`. */
export async function listPassTargets(
  ctx: Context,
  { reviewId }: { reviewId: string },
): Promise<PassTargets> {
  authorize(ctx, "reviews.forward");
  const [review] = await rowsOf<{ queue_id: string; may_reassign: boolean }>(
    ctx.db,
    sql`select r.queue_id, ${leadsIt(ctx)} as may_reassign from reviews r
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId}${await inSight(ctx)}`,
  );
  if (!review) throw new DomainError("not_found", `There is no review ${reviewId}`);
  const queues = await rowsOf<PassTargets["queues"][number]>(
    ctx.db,
    sql`select id, key, name, id = ${review.queue_id} as current from queues
      where org_id = ${ctx.orgId} and archived_at is null order by name, id limit 200`,
  );
  const people = await rowsOf<People[number]>(
    ctx.db,
    sql`select u.id, u.name, case when us.away_until > now() then ${stamp("us.away_until")} end as away_until,
        (select coalesce(json_agg(need), '[]') from jsonb_array_elements_text(q.skills) need
          where not coalesce(us.skills, '[]'::jsonb) ? need) as lacks,
        (not exists (select 1 from queue_members m where m.queue_id = q.id)
          or exists (select 1 from queue_members m where m.queue_id = q.id and m.user_id = u.id)) as works_here
      from reviews r join queues q on q.id = r.queue_id join decisions d on d.id = r.decision_id
      join users u on u.org_id = r.org_id and u.role = 'reviewer' and u.disabled_at is null
      left join user_settings us on us.user_id = u.id
      where r.id = ${reviewId} and 'user:' || u.id <> ${actorName(ctx.actor)} and 'user:' || u.id <> d.submitted_by
        and not coalesce(r.excluded ? ('user:' || u.id), false)
      order by works_here desc, u.name, u.id limit 500`,
  );
  return { queues, people, may_reassign: review.may_reassign };
}
