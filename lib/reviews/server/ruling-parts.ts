import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import type { NewEvent } from "@/lib/server/events";
import { newId } from "@/lib/kernel/ids";
import { glassAudit } from "./glass-audit";
import type { Case } from "./read-case";
import { personOf } from "./review-sql";
import type { RulingPlan } from "./plan-ruling";

/**
 * What a ruling under an approval rule writes besides, as parts of the statement that moves the decision (`moved`): the
 * word given, what it voids, the review that opens for others, the audit of what one person approved alone.
 */
export function ruleParts(ctx: Context, about: Case, plan: RulingPlan, nextId: string | null): SQL[] {
  const parts: SQL[] = [];
  if (plan.word) parts.push(voided(about, plan.word), wordInsert(ctx, about, plan, plan.word));
  if (plan.next && nextId !== null) parts.push(nextInsert(about, plan, plan.next, nextId));
  if (plan.breakGlass) parts.push(...glassAudit(ctx, about.decision_id, plan.breakGlass));
  return parts;
}

type Word = NonNullable<RulingPlan["word"]>;

// An edit starts the stages again. What was approved of another digest would not be what runs: it counts no more.
function voided(about: Case, { verdict, digest }: Word): SQL {
  const which =
    verdict === "edit" ? sql`true` : sql`verdict = 'approve' and digest is distinct from ${digest}`;
  return sql`voided as (update approvals set voided_at = now() where decision_id = ${about.decision_id}
    and voided_at is null and ${which} and exists (select 1 from moved) returning id)`;
}

function wordInsert(ctx: Context, about: Case, plan: RulingPlan, word: Word): SQL {
  // Counting what was voided makes the voiding come first: one person has one word that stands.
  return sql`word as (insert into approvals (id, org_id, decision_id, review_id, stage, actor, on_behalf_of, delegation_id,
      verdict, digest, break_glass)
    select ${newId("approval")}, org_id, id, ${about.review_id}, ${plan.stage}::int, ${personOf(ctx)}, ${word.onBehalfOf},
      ${word.delegation}, ${word.verdict}, ${word.digest}, ${plan.breakGlass?.reason ?? null}
    from moved where (select count(*) from voided) >= 0)`;
}

// It has as long as the one before it had.
function nextInsert(about: Case, plan: RulingPlan, next: NonNullable<RulingPlan["next"]>, id: string): SQL {
  return sql`next_review as (insert into reviews (id, org_id, decision_id, app_id, type_id, queue_id, kind, status, due_at,
      severity, expected_loss, stage, approvals_needed, approval_rule, excluded, passed_queues)
    select ${id}, p.org_id, p.decision_id, p.app_id, p.type_id, p.queue_id, 'second', 'open',
      now() + greatest(p.due_at - p.created_at, interval '15 minutes'), p.severity, p.expected_loss, ${next.stage}::int,
      ${next.needed}::int, ${JSON.stringify(plan.rule)}::jsonb, p.excluded, p.passed_queues
    from moved join reviews p on p.id = ${about.review_id})`;
}

/** What the world is told of a ruling besides the decision's own event. */
export function rulingNews(
  ctx: Context,
  reviewId: string,
  verdict: string,
  plan: RulingPlan,
  nextId: string | null,
): NewEvent[] {
  const by = personOf(ctx);
  const news: NewEvent[] = [{ type: "review.resolved", subject: reviewId, data: { by, verdict } }];
  if (plan.breakGlass) {
    const { reason, audit } = plan.breakGlass;
    news.push({ type: "review.break_glass", subject: reviewId, data: { by, reason } });
    news.push({ type: "audit.requested", subject: audit });
  }
  if (plan.next && nextId !== null) {
    const { stage, needed } = plan.next;
    const data = { reason: "second_approval", review: reviewId, stage, needed };
    news.push({ type: "review.opened", subject: nextId, data });
  }
  return news;
}
