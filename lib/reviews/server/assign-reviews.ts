import { sql } from "drizzle-orm";
import type { QueueOrder } from "@/lib/apps/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { partsOf } from "./queue-run";
import { isFree } from "./review-sql";
import { shareOut, type Open, type Ready } from "../share-out";

const batch = 200;
/** What is kept for one person where the queue has no cap: more would only wait with them. */
const mostKept = 20;

/**
 * A timer: what is kept for somebody who is away, or is no reviewer any more, goes back to its queue; and the open
 * reviews of queues that share them out are kept for whoever works there, is there, and has least to do. Nobody is
 * claimed for: it is theirs to take. Many workers may run it.
 */
export async function assignReviews(ctx: Context): Promise<{ returned: number; assigned: number }> {
  authorize(ctx, "system.run");
  const returned = await giveBack(ctx);
  let assigned = 0;
  for (const { id } of await sharingQueues(ctx)) assigned += await shareQueue(ctx, id);
  return { returned, assigned };
}

function giveBack(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const back = await rowsOf<{ id: string; decision_id: string; was: string }>(
      ctx.db,
      sql`with gone as (select r.id, r.assigned_to as was from reviews r
          join users u on u.id = substr(r.assigned_to, 6) left join user_settings us on us.user_id = u.id
          where r.org_id = ${ctx.orgId} and r.assigned_to is not null and r.status in ('open', 'claimed', 'snoozed')
            and r.staged_verdict is null and not (r.status = 'claimed' and r.claimed_by = r.assigned_to and r.lease_until > now())
            and (us.away_until > now() or u.disabled_at is not null or u.role <> 'reviewer')
          order by r.id limit ${batch} for update of r skip locked)
        update reviews r set assigned_to = null, version = r.version + 1 from gone where r.id = gone.id
        returning r.id, r.decision_id, gone.was`,
    );
    if (back.length === 0) return 0;
    const by = actorName(ctx.actor);
    await emit(
      ctx,
      ...back.map(({ id, decision_id, was }) => ({
        type: "review.unassigned" as const,
        subject: id,
        decisionId: decision_id,
        data: { by, from: was, reason: "away" },
      })),
    );
    const items = back.map(({ id, was }) => ({ review: id, from: was }));
    await record(ctx, "reviews.unassigned", back[0]?.id ?? "", { reason: "away", items });
    return back.length;
  });
}

function sharingQueues(ctx: Context): Promise<{ id: string }[]> {
  return rowsOf<{ id: string }>(
    ctx.db,
    sql`select q.id from queues q where q.org_id = ${ctx.orgId} and q.auto_assign and q.archived_at is null
      and exists (select 1 from reviews r where r.queue_id = q.id and r.assigned_to is null and ${isFree})
      order by q.position, q.id`,
  );
}

function shareQueue(ctx: Context, queueId: string): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    // One worker at a time shares a queue out: loads are counted once.
    const [queue] = await rowsOf<{ order: QueueOrder; load_cap: number | null }>(
      ctx.db,
      sql`select order_by as order, load_cap from queues where id = ${queueId} for update skip locked`,
    );
    if (!queue) return 0;
    const people = await readyPeople(ctx, queueId, queue.load_cap ?? mostKept);
    const room = people.reduce((sum, person) => sum + Math.max(0, person.room), 0);
    if (room === 0) return 0;
    const given = shareOut(await openReviews(ctx, queueId, queue.order), people);
    if (given.length === 0) return 0;
    await rowsOf(
      ctx.db,
      sql`update reviews r set assigned_to = 'user:' || g.person, version = r.version + 1
        from json_to_recordset(${JSON.stringify(given)}::json) as g(review text, person text) where r.id = g.review`,
    );
    const by = actorName(ctx.actor);
    await emit(
      ctx,
      ...given.map(({ review, decision, person }) => ({
        type: "review.assigned" as const,
        subject: review,
        decisionId: decision,
        data: { by, to: `user:${person}`, reason: "shared_out" },
      })),
    );
    const items = given.map(({ review, person }) => ({ review, to: `user:${person}` }));
    await record(ctx, "reviews.assigned", queueId, { items });
    return given.length;
  });
}

/** Who works on it and is there, with how much they may be given and how much they have to do anywhere. */
function readyPeople(ctx: Context, queueId: string, most: number): Promise<Ready[]> {
  const live = sql`status in ('open', 'claimed', 'snoozed') and staged_verdict is null`;
  return rowsOf<Ready>(
    ctx.db,
    sql`select u.id, coalesce(us.skills, '[]'::jsonb) as skills, ${most}::int - here.n as room, everywhere.n as load from users u join queues q on q.id = ${queueId}
      left join user_settings us on us.user_id = u.id
      cross join lateral (select count(*)::int as n from reviews where org_id = q.org_id and queue_id = q.id and ${live} and (assigned_to = 'user:' || u.id
        or (claimed_by = 'user:' || u.id and assigned_to is null and status = 'claimed' and lease_until > now()))) here
      cross join lateral (select count(*)::int as n from reviews where org_id = q.org_id and ${live} and (assigned_to = 'user:' || u.id
        or (claimed_by = 'user:' || u.id and assigned_to is null and status = 'claimed' and lease_until > now()))) everywhere
      where u.org_id = ${ctx.orgId} and u.role = 'reviewer' and u.disabled_at is null
        and (us.away_until is null or us.away_until <= now())
        and q.skills <@ coalesce(us.skills, '[]'::jsonb)
        and (not exists (select 1 from queue_members m where m.queue_id = q.id)
          or exists (select 1 from queue_members m where m.queue_id = q.id and m.user_id = u.id))
      order by u.id`,
  );
}

// Whoever gave a word on it, or acted in whose place, does not give the next one; who passed it over is not asked again
// for an hour. A stage is theirs whom it names, and theirs who have its skills.
const notFor = sql`coalesce(r.excluded, '[]'::jsonb) || to_jsonb(d.submitted_by)
  || coalesce((select jsonb_agg(who) from approvals ap cross join lateral unnest(array[ap.actor, ap.on_behalf_of]) who
    where r.kind = 'second' and ap.decision_id = r.decision_id and ap.voided_at is null and who is not null), '[]'::jsonb)
  || coalesce((select jsonb_agg(e.data ->> 'by') from events e where e.decision_id = r.decision_id and e.subject = r.id
    and e.type = 'review.released' and e.data ->> 'reason' = 'skipped' and e.at > now() - interval '1 hour'), '[]'::jsonb)`;
const ofStage = (what: "members" | "skills") =>
  sql`coalesce(r.approval_rule #> array['stages', (r.stage - 1)::text, ${what}::text], '[]'::jsonb)`;

async function openReviews(ctx: Context, queueId: string, order: QueueOrder): Promise<Open[]> {
  const parts = partsOf(order, "forwards", undefined);
  const open: Open[] = [];
  for (const { where, order: by } of parts) {
    if (open.length >= batch) break;
    const more = await rowsOf<Open>(
      ctx.db,
      sql`select r.id as review, r.decision_id as decision, ${notFor} as not_for, ${ofStage("members")} as only_for,
          ${ofStage("skills")} as needs
        from reviews r join decisions d on d.id = r.decision_id
        where r.queue_id = ${queueId} and r.org_id = ${ctx.orgId} and r.assigned_to is null
          and r.status in ('open', 'claimed', 'snoozed') and ${isFree} and ${where}
        order by ${by} limit ${batch - open.length} for update of r skip locked`,
    );
    open.push(...more);
  }
  return open;
}
