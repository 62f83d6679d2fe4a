import { sql, type SQL } from "drizzle-orm";
import type { QueueOrder, SeverityMinutes, TimeoutAction } from "@/lib/apps/schema";
import type { Verdict } from "@/lib/kernel/statuses";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { QueueView } from "../queues";
import { mayWorkIn } from "./queue-scope";
import { stamp } from "./review-sql";

type Named = { id: string; key: string; name: string };
type Row = {
  id: string;
  key: string;
  name: string;
  description: string;
  rule: string | null;
  position: number;
  order: QueueOrder;
  lease_seconds: number;
  undo_seconds: number;
  sla_minutes: SeverityMinutes;
  on_timeout: TimeoutAction | null;
  escalate_to: Named | null;
  verdicts: Verdict[] | null;
  decline_reasons: string[] | null;
  load_cap: number | null;
  auto_assign: boolean;
  skills: string[];
  blind_rate: number;
  gold_rate: number;
  double_rate: number;
  dwell_seconds: number;
  dwell_amount: number | string | null;
  hours_per_day: number;
  types: Named[] | null;
  members: number;
  open: number;
  overdue: number;
  yours: boolean;
  leads: boolean;
  version: number;
  created_at: string;
  archived_at: string | null;
};

/** The order in which rules are asked, and lists show queues. */
export const queueOrder = sql`q.position, q.id`;
const named = (alias: string) =>
  sql.raw(`json_build_object('id', ${alias}.id, 'key', ${alias}.key, 'name', ${alias}.name)`);
const mostCounted = 1000;

/** Queues (q) as they are shown, in the order in which their rules are asked; the caller has authorised. */
export async function readQueues(ctx: Context, where: SQL, limit: number): Promise<QueueView[]> {
  const me = actorName(ctx.actor);
  const id = ctx.actor.kind === "user" ? ctx.actor.id : "";
  const waiting = (
    which: SQL,
  ) => sql`(select count(*)::int from (select 1 from reviews r where r.queue_id = q.id
    and r.status in ('open', 'claimed', 'snoozed')${which} limit ${mostCounted}) counted)`;
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select q.id, q.key, q.name, q.description, q.rule, q.position, q.order_by as order, q.lease_seconds, q.undo_seconds,
        q.sla_minutes, q.on_timeout, case when e.id is not null then ${named("e")} end as escalate_to, q.verdicts,
        q.decline_reasons, q.load_cap, q.auto_assign, q.skills, q.blind_rate, q.gold_rate, q.double_rate, q.dwell_seconds,
        q.dwell_amount, q.hours_per_day, q.version, ${stamp("q.created_at")} as created_at, ${stamp("q.archived_at")} as archived_at,
        (select json_agg(${named("t")} order by t.name) from decision_types t
          where t.queue_id = q.id and t.archived_at is null) as types,
        (select count(*)::int from queue_members m where m.queue_id = q.id) as members,
        ${waiting(sql``)} as open, ${waiting(sql` and r.due_at <= now()`)} as overdue, ${mayWorkIn(me)} as yours,
        exists (select 1 from queue_members m where m.queue_id = q.id and m.user_id = ${id} and m.lead) as leads
      from queues q left join queues e on e.id = q.escalate_to_id
      where q.org_id = ${ctx.orgId} and ${where} order by ${queueOrder} limit ${limit}`,
  );
  const rules = ctx.actor.kind === "user" && ctx.actor.role === "reviewer";
  return rows.map((row) => ({
    ...row,
    object: "queue",
    types: row.types ?? [],
    yours: rules && row.yours,
    dwell_amount: row.dwell_amount === null ? null : Number(row.dwell_amount),
  }));
}
