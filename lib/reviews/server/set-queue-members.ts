import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { QueueMember, SetQueueMembers } from "../queues";
import { listQueueMembers } from "./list-queue-members";
import { isAdmin, queueToManage, type LedQueue } from "./queue-lead";

/**
 * Sets who works on a queue, all at once; what was kept for whoever leaves is the queue's again. A lead of it may; who
 * leads is an admin's to say. Throws `forbidden`, and `invalid` where somebody named is not an active reviewer of the organisation.
 */
export async function setQueueMembers(ctx: Context, input: SetQueueMembers): Promise<List<QueueMember>> {
  authorize(ctx, "queues.lead");
  const queue = await queueToManage(ctx, input.queue);
  const wanted = input.members.map(({ id, lead }) => ({ id, lead }));
  return inTransaction(ctx, async (ctx) => {
    // One list after the other, each told from the one before.
    await rowsOf(ctx.db, sql`select 1 from queues where id = ${queue.id} for update`);
    const before = await membersOf(ctx, queue);
    await requireReviewers(ctx, wanted);
    if (!isAdmin(ctx)) requireSameLeads(before, wanted);
    await replace(ctx, queue, wanted);
    const ids = wanted.map(({ id }) => id);
    const left = before.map(({ id }) => id).filter((id) => !ids.includes(id));
    // Without members the queue is everybody's, theirs too.
    const returned = wanted.length > 0 ? await giveBack(ctx, queue, left) : [];
    const data = {
      members: wanted.length,
      joined: ids.filter((id) => !before.some((member) => member.id === id)),
      left,
      returned,
      leads: wanted.filter(({ lead }) => lead).map(({ id }) => id),
    };
    await emit(ctx, {
      type: "queue.changed",
      subject: queue.id,
      data: { by: actorName(ctx.actor), members: true },
    });
    const members = await listQueueMembers(ctx, { queue: queue.id });
    await record(ctx, "queue.members_set", queue.id, data);
    return members;
  });
}

type Member = { id: string; lead: boolean };

function membersOf(ctx: Context, queue: LedQueue): Promise<Member[]> {
  return rowsOf<Member>(
    ctx.db,
    sql`select user_id as id, lead from queue_members where queue_id = ${queue.id} and org_id = ${ctx.orgId}`,
  );
}

async function requireReviewers(ctx: Context, wanted: Member[]): Promise<void> {
  const rows = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from users where org_id = ${ctx.orgId} and role = 'reviewer' and disabled_at is null
      and id = any(${sql.param(wanted.map(({ id }) => id))})`,
  );
  const reviewers = new Set(rows.map(({ id }) => id));
  const errors = wanted.flatMap(({ id }, at) =>
    reviewers.has(id)
      ? []
      : [
          {
            pointer: `/members/${at}/id`,
            code: "not_a_reviewer",
            message: "is not an active reviewer here",
            fix: "Name somebody whose role is reviewer.",
          },
        ],
  );
  if (errors.length > 0)
    throw new DomainError("invalid", "Only reviewers work on a queue", { code: "validation_failed", errors });
}

function requireSameLeads(before: Member[], wanted: Member[]): void {
  const leadsOf = (members: Member[]) => members.filter(({ lead }) => lead).map(({ id }) => id);
  const [was, will] = [new Set(leadsOf(before)), new Set(leadsOf(wanted))];
  if (was.size === will.size && [...was].every((id) => will.has(id))) return;
  throw new DomainError("forbidden", "Who leads a queue is an admin's to say", { code: "forbidden" });
}

async function replace(ctx: Context, queue: LedQueue, wanted: Member[]): Promise<void> {
  const ids = sql.param(wanted.map(({ id }) => id));
  await rowsOf(
    ctx.db,
    sql`delete from queue_members where queue_id = ${queue.id} and user_id <> all(${ids})`,
  );
  await rowsOf(
    ctx.db,
    sql`insert into queue_members (queue_id, user_id, org_id, lead)
      select ${queue.id}, w.id, ${ctx.orgId}, w.lead from json_to_recordset(${JSON.stringify(wanted)}::json) as w(id text, lead boolean)
      on conflict (queue_id, user_id) do update set lead = excluded.lead where queue_members.lead <> excluded.lead`,
  );
}

/** What was kept for people who work here no more is the queue's again, but for what they hold. Answers which. */
async function giveBack(ctx: Context, queue: LedQueue, left: readonly string[]): Promise<string[]> {
  if (left.length === 0) return [];
  const people = left.map((id) => `user:${id}`);
  const back = await rowsOf<{ id: string; decision_id: string; was: string }>(
    ctx.db,
    sql`with gone as (select r.id, r.assigned_to as was from reviews r
        where r.queue_id = ${queue.id} and r.assigned_to = any(${sql.param(people)}::text[])
          and r.status in ('open', 'claimed', 'snoozed') and r.staged_verdict is null
          and not (r.status = 'claimed' and r.claimed_by = r.assigned_to and r.lease_until > now()) for update of r)
      update reviews r set assigned_to = null, version = r.version + 1 from gone where r.id = gone.id
      returning r.id, r.decision_id, gone.was`,
  );
  await emit(
    ctx,
    ...back.map(({ id, decision_id, was }) => ({
      type: "review.unassigned" as const,
      subject: id,
      decisionId: decision_id,
      data: { by: actorName(ctx.actor), from: was, reason: "left_queue" },
    })),
  );
  return back.map(({ id }) => id);
}
