import { sql } from "drizzle-orm";
import type { Reversibility } from "@/lib/apps/schema";
import { moveDecision } from "@/lib/decisions/server/move-decision";
import { newId } from "@/lib/kernel/ids";
import type { JsonValue } from "@/lib/kernel/json";
import { severityOf } from "@/lib/reviews/impact";
import type { Returned, Severity } from "@/lib/reviews/schema";
import { expectedLossSql } from "@/lib/reviews/server/score-reviews";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";

export type ReturnToReview = {
  executionId: string;
  returned: Omit<Returned, "execution_id">;
  /** The target's state as it was just read, for the next approval to rest on. */
  observed?: JsonValue;
};

type Approved = {
  decision_id: string;
  app_id: string;
  type_id: string;
  queue_id: string;
  severity: Severity | null;
  expected_loss: number | null;
  approver: string | null;
  amount: number | string | null;
  currency: string | null;
  amount_cap: number | string | null;
  cap_currency: string;
  reversibility: Reversibility;
};

/**
 * The way back: an approved decision whose execution is still `pending` (nothing was sent) waits for a person again,
 * with the reason and the fields that differ; it is kept for whoever approved it. Its execution is cancelled, its
 * approval is used up. Null, and nothing changed, when it is no longer so or somebody is moving it at this moment: so
 * that a caller who holds the execution's row cannot deadlock with a cancel.
 */
export async function returnToReview(
  ctx: Context,
  { executionId, returned, observed }: ReturnToReview,
): Promise<{ reviewId: string; decisionId: string } | null> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const approved = await lockApproved(ctx, executionId);
    if (!approved) return null;
    const decisionId = approved.decision_id;
    await moveDecision(ctx, { decisionId, from: ["approved"], to: "in_review", observed });
    const reviewId = await openReview(ctx, approved, { ...returned, execution_id: executionId });
    await emit(ctx, {
      type: "review.opened",
      subject: reviewId,
      decisionId,
      data: { reason: returned.code, assigned_to: approved.approver },
    });
    // The fields that differ are the target's data: they stay with the review.
    await record(ctx, "decision.returned", decisionId, {
      code: returned.code,
      execution: executionId,
      review: reviewId,
    });
    return { reviewId, decisionId };
  });
}

async function lockApproved(ctx: Context, executionId: string): Promise<Approved | undefined> {
  const [approved] = await rowsOf<Approved>(
    ctx.db,
    sql`select d.id as decision_id, d.app_id, d.type_id, q.id as queue_id, l.severity,
        coalesce(l.expected_loss, case when q.order_by = 'expected_loss' then ${expectedLossSql} end) as expected_loss,
        d.amount, d.currency, au.amount_cap, t.currency as cap_currency, t.reversibility,
        case when d.decided_by like 'user:%' then d.decided_by end as approver
      from executions e join decisions d on d.id = e.decision_id join decision_types t on t.id = d.type_id
      left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
      -- Back into the queue it was ruled on in, while that is in use.
      left join lateral (select r.queue_id, r.severity, r.expected_loss from reviews r join queues w on w.id = r.queue_id
        where r.decision_id = d.id and w.archived_at is null order by r.id desc limit 1) l on true
      join queues q on q.id = coalesce(l.queue_id, t.queue_id)
      where e.id = ${executionId} and e.org_id = ${ctx.orgId} and e.status = 'pending' and e.kind = 'action'
        and d.status = 'approved'
      for update of e, d skip locked`,
  );
  return approved;
}

/** As it was when it was reviewed before; what ran alone is looked at for the first time. */
function severityNow(approved: Approved): Severity {
  const { severity, amount, currency, amount_cap, cap_currency, reversibility } = approved;
  return (
    severity ??
    severityOf({
      amount: amount === null || currency === null ? null : { amount: Number(amount), currency },
      cap: amount_cap === null ? null : { amount: Number(amount_cap), currency: cap_currency },
      reversibility,
    })
  );
}

async function openReview(ctx: Context, approved: Approved, returned: Returned): Promise<string> {
  const id = newId("review");
  const severity = severityNow(approved);
  await rowsOf(
    ctx.db,
    sql`insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at, assigned_to, returned, severity,
        expected_loss)
      select ${id}, ${ctx.orgId}, ${approved.decision_id}, ${approved.app_id}, ${approved.type_id},
        q.id, 'approval', 'open', now() + make_interval(mins => coalesce((q.sla_minutes ->> ${severity}::text)::int, au.sla_minutes, 240)),
        ${approved.approver}, ${JSON.stringify(returned)}::jsonb, ${severity}, ${approved.expected_loss}::float8
      from queues q left join autonomies au on au.app_id = ${approved.app_id} and au.type_id = ${approved.type_id}
      where q.id = ${approved.queue_id}`,
  );
  return id;
}
