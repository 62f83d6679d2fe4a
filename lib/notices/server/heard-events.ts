import { sql } from "drizzle-orm";
import type { Role } from "@/lib/identity/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { HeardEvent, Members, Person } from "../heard";
import { newsworthy } from "../newsworthy";

type Row = {
  id: number | string;
  type: string;
  at_ms: number;
  subject: string;
  decision_id: string | null;
  data: JsonObject;
  review_id: string | null;
  review_kind: string;
  queue_id: string;
  queue_key: string;
  queue_name: string;
  held_by: string | null;
  assigned_to: string | null;
  excluded: string[] | null;
  escalation_level: number;
  app_id: string | null;
  app_name: string;
  type_name: string | null;
  amount: number | string | null;
  currency: string | null;
  stopped: string | null;
};

/**
 * Events that can be news between two ids, but for those in `done`. Intake opens reviews by the thousand: of these only
 * the ones that say that they are for somebody are read. What is a day old is history.
 */
export async function readEvents(
  ctx: Context,
  { after, upTo, done }: { after: number; upTo: number; done: readonly number[] },
): Promise<HeardEvent[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select e.id, e.type, (extract(epoch from e.at) * 1000)::float8 as at_ms, e.subject, e.decision_id, e.data,
        r.id as review_id, r.kind as review_kind, r.queue_id, q.key as queue_key, q.name as queue_name,
        case when r.status = 'claimed' and r.lease_until > now() then r.claimed_by end as held_by, r.assigned_to,
        array(select jsonb_array_elements_text(r.excluded) union all
          select v.actor from approvals v where v.decision_id = r.decision_id and v.voided_at is null and r.kind = 'second') as excluded,
        r.escalation_level, a.id as app_id, a.name as app_name, t.name as type_name, d.amount, d.currency,
        case when e.type in ('autonomy.paused', 'connector.breaker_opened') then coalesce(
          (select name from apps where id = e.subject), (select name from connectors where id = e.subject),
          (select name from decision_types where id = e.subject)) end as stopped
      from events e
      left join decisions d on d.id = e.decision_id
      left join contracts k on e.type like 'contract.%' and k.id = e.subject and k.org_id = e.org_id
      left join trainings n on e.type = 'training.changed' and n.id = e.subject and n.org_id = e.org_id
      left join apps a on a.id = coalesce(d.app_id, k.app_id, n.app_id,
          case when e.type = 'autonomy.proposed' then split_part(e.subject, '/', 1) end)
      left join decision_types t on t.id = coalesce(d.type_id, k.type_id, n.type_id,
          case when e.type = 'autonomy.proposed' then split_part(e.subject, '/', 2) end)
      left join reviews r on r.id = case when e.type like 'review.%' then e.subject
          when e.type = 'note.added' then (select id from reviews where decision_id = e.decision_id
            order by resolved_at is null desc, created_at desc limit 1)
          else e.data ->> 'review' end and r.org_id = e.org_id
      left join queues q on q.id = r.queue_id
      where e.org_id = ${ctx.orgId} and e.id > ${after} and e.id <= ${upTo} and e.at > now() - interval '1 day'
        and e.type in ${[...newsworthy]} and (e.type <> 'review.opened' or e.data ? 'assigned_to' or e.data ->> 'reason' = 'second_approval')
        and (e.type <> 'decision.execution_updated' or e.data ->> 'needs_person' = 'true')
        and (e.type <> 'training.changed' or e.data ->> 'step' in ('proposed', 'signed'))
        and coalesce(d.measure, false) = false
        and e.id <> all(${sql.param(done.map(String))}::bigint[])
      order by e.id`,
  );
  return rows.map(eventOf);
}

function eventOf(row: Row): HeardEvent {
  const { review_id, app_id, amount, currency } = row;
  return {
    id: Number(row.id),
    type: row.type,
    atMs: row.at_ms,
    subject: row.subject,
    decisionId: row.decision_id,
    data: row.data,
    review: review_id === null ? null : reviewOf(row, review_id),
    app: app_id === null ? null : { id: app_id, name: row.app_name },
    typeName: row.type_name,
    money: amount === null || currency === null ? null : { amount: Number(amount), currency },
    stopped: row.stopped,
  };
}

function reviewOf(row: Row, id: string): NonNullable<HeardEvent["review"]> {
  return {
    id,
    kind: row.review_kind,
    queueId: row.queue_id,
    queueKey: row.queue_key,
    queueName: row.queue_name,
    heldBy: row.held_by,
    assignedTo: row.assigned_to,
    excluded: row.excluded ?? [],
    escalationLevel: row.escalation_level,
  };
}

/** Somebody who could be told, with what they want of it. */
export type Reader = Person & { preferences: unknown };

/** Everybody who is not disabled, and who is on which queue. */
export async function readPeople(ctx: Context): Promise<{ people: Reader[]; members: Members }> {
  const [people, rows] = await Promise.all([
    rowsOf<{ id: string; role: Role; preferences: unknown }>(
      ctx.db,
      sql`select u.id, u.role, s.notifications as preferences from users u left join user_settings s on s.user_id = u.id
        where u.org_id = ${ctx.orgId} and u.disabled_at is null`,
    ),
    rowsOf<{ queue_id: string; user_id: string }>(
      ctx.db,
      sql`select queue_id, user_id from queue_members where org_id = ${ctx.orgId}`,
    ),
  ]);
  const members = new Map<string, Set<string>>();
  for (const { queue_id, user_id } of rows) {
    members.set(queue_id, (members.get(queue_id) ?? new Set()).add(user_id));
  }
  return { people, members };
}
