import { sql, type SQL } from "drizzle-orm";
import type { TimeoutAction } from "@/lib/apps/schema";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { closeReviewsOf } from "./close-reviews-of";
import { slaOf } from "./due-sql";
import { expectedLossSql } from "./score-reviews";

const batch = 200;
export type Overdue = { declined: number; escalated: number; held: number; expired: number };
type Late = {
  id: string;
  decision_id: string;
  escalation_level: number;
  on_timeout: TimeoutAction;
  sla_minutes: number;
  queue_id: string;
  /** The queue that takes what its queue escalates; null: it stays. */
  escalate_to: string | null;
};

// The clock waits for whoever is reading: nothing happens under a live lease or a verdict about to take effect.
const isLate = sql`r.status in ('open', 'claimed', 'snoozed') and r.timed_out_at is null and r.due_at <= now()
  and r.staged_verdict is null and (r.lease_until is null or r.lease_until <= now())`;

/**
 * A timer: what is past due follows its queue's on-timeout, else its autonomy's: decline; escalate, which moves it to
 * the queue that takes what is escalated there, or lets it stay, due anew once; hold, which only marks. What is past
 * the decision's own limit expires. Never approves. Many workers may run it.
 */
export async function expireOverdueReviews(ctx: Context): Promise<Overdue> {
  authorize(ctx, "system.run");
  const done: Overdue = { declined: 0, escalated: 0, held: 0, expired: 0 };
  for (const decisionId of await pastLimit(ctx)) {
    if (await settled(expire(ctx, decisionId))) done.expired += 1;
  }
  for (const late of await overdue(ctx)) {
    if (late.on_timeout === "decline") {
      if (await settled(decline(ctx, late))) done.declined += 1;
    } else if (late.on_timeout === "escalate" && mayEscalate(late)) {
      if (await escalate(ctx, late)) done.escalated += 1;
    } else if (await mark(ctx, late)) done.held += 1;
  }
  return done;
}

/** However queues escalate into each other, somebody's time is the last. */
const mostEscalations = 5;

function mayEscalate({ escalation_level: level, escalate_to: to }: Late): boolean {
  return level === 0 || (to !== null && level < mostEscalations);
}

async function pastLimit(ctx: Context): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from decisions where org_id = ${ctx.orgId} and expires_at is not null and expires_at <= now()
      and status in ('in_review', 'awaiting_second') order by expires_at limit ${batch}`,
  );
  return rows.map(({ id }) => id);
}

function overdue(ctx: Context): Promise<Late[]> {
  return rowsOf<Late>(
    ctx.db,
    // An appeal is of a decision that was made: its time can only bring somebody else.
    sql`select r.id, r.decision_id, r.escalation_level,
        case when r.kind = 'appeal' then 'escalate' else coalesce(q.on_timeout, au.on_timeout, 'escalate') end as on_timeout,
        ${slaOf("q")} as sla_minutes, r.queue_id,
        case when e.archived_at is null and e.id <> r.queue_id then e.id end as escalate_to
      from reviews r join decisions d on d.id = r.decision_id join queues q on q.id = r.queue_id
      left join queues e on e.id = q.escalate_to_id
      left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
      where r.org_id = ${ctx.orgId} and ${isLate} order by r.due_at limit ${batch}`,
  );
}

/** True when it happened; false when somebody was faster, which settles it as well. */
async function settled(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.kind === "conflict") return false;
    throw error;
  }
}

function expire(ctx: Context, decisionId: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await moveDecision(ctx, { decisionId, from: ["in_review", "awaiting_second"], to: "expired" });
    await closeReviewsOf(ctx, decisionId, "expired");
    await record(ctx, "decision.expired", decisionId);
  });
}

function decline(ctx: Context, late: Late): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const decidedBy = actorName(ctx.actor);
    await moveDecision(ctx, {
      decisionId: late.decision_id,
      from: ["in_review", "awaiting_second"],
      to: "declined",
      decidedBy,
    });
    // The decision is held now: nobody can claim its review between this look and the close.
    const [still] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`select r.id from reviews r where r.id = ${late.id} and ${isLate} for update`,
    );
    if (!still) throw new DomainError("conflict", "Somebody took the review");
    await closeReviewsOf(ctx, late.decision_id, "expired");
    await record(ctx, "review.timed_out", late.id, { decision: late.decision_id, on_timeout: "decline" });
  });
}

function escalate(ctx: Context, late: Late): Promise<boolean> {
  return touch(ctx, late, {
    change: late.escalate_to === null ? dueAnew(late) : moveTo(late.escalate_to),
    event: "review.escalated",
    did: "escalate",
    to: late.escalate_to,
  });
}

function dueAnew({ sla_minutes }: Late): SQL {
  return sql`escalation_level = r.escalation_level + 1, warned_at = null,
    due_at = now() + make_interval(mins => ${sla_minutes}::int)`;
}

/** Into another queue: due by its times, and nobody's in particular there. */
function moveTo(queueId: string): SQL {
  return sql`escalation_level = r.escalation_level + 1, warned_at = null, status = 'open', claimed_by = null,
    claimed_at = null, lease_until = null, snoozed_until = null, assigned_to = null, queue_id = ${queueId},
    (due_at, expected_loss) = (select now() + make_interval(mins => ${slaOf("nq")}),
        case when nq.order_by = 'expected_loss' then ${expectedLossSql} end
      from queues nq join decisions d on d.id = r.decision_id join decision_types t on t.id = d.type_id
      left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id where nq.id = ${queueId})`;
}

function mark(ctx: Context, late: Late): Promise<boolean> {
  return touch(ctx, late, { change: sql`timed_out_at = now()`, event: null, did: "hold", to: null });
}

type Touch = { change: SQL; event: "review.escalated" | null; did: TimeoutAction; to: string | null };

function touch(ctx: Context, late: Late, { change, event, did, to }: Touch): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const [touched] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`update reviews r set ${change}, version = r.version + 1
        where r.id = ${late.id} and ${isLate} and r.escalation_level = ${late.escalation_level} returning r.id`,
    );
    if (!touched) return false;
    if (event)
      await emit(ctx, {
        type: event,
        subject: late.id,
        decisionId: late.decision_id,
        data: { by: actorName(ctx.actor), from_queue: late.queue_id, queue: to ?? late.queue_id },
      });
    await record(ctx, "review.timed_out", late.id, { on_timeout: did, queue: to ?? undefined });
    return true;
  });
}
