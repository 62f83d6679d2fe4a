import { sql } from "drizzle-orm";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { giveFeedback } from "@/lib/feedback/server/give-feedback";
import { recordOutcome } from "@/lib/feedback/server/record-outcome";
import { DomainError } from "@/lib/kernel/errors";
import { lostReview } from "@/lib/reviews/server/lost-review";
import { isMineToTake, personOf } from "@/lib/reviews/server/review-sql";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { AppealView, ResolveAppeal } from "../appeals";
import { getAppeal } from "./list-appeals";

type Held = {
  id: string;
  decision_id: string;
  review_id: string;
  status: string;
  statement: string;
  decision_status: DecisionStatus;
  excluded: string[] | null;
};

/**
 * A person's answer to an appeal: the decision stands, or was wrong. It closes the appeal's review, and becomes feedback
 * of source `customer`; a decision found wrong gets its truth. Nothing is undone by it. Throws `own_decision` for
 * whoever had a part in the decision, `conflict` when it is answered, or held by somebody else.
 */
export async function resolveAppeal(
  ctx: Context,
  { appealId, ruling }: { appealId: string; ruling: ResolveAppeal },
): Promise<AppealView> {
  authorize(ctx, "appeals.resolve");
  const me = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const held = await hold(ctx, appealId);
    if (held.excluded?.includes(me)) {
      throw new DomainError("forbidden", "You had a part in this decision; somebody else has to answer.", {
        code: "own_decision",
      });
    }
    await closeReview(ctx, held, me);
    await rowsOf(
      ctx.db,
      sql`update appeals set status = ${ruling.verdict}, answer = ${ruling.answer}, closed_at = now() where id = ${held.id}`,
    );
    await learn(ctx, held, ruling);
    const about = { subject: held.id, decisionId: held.decision_id };
    await emit(
      ctx,
      { type: "review.resolved", ...about, subject: held.review_id, data: { by: me, verdict: "respond" } },
      { type: `appeal.${ruling.verdict}`, ...about, data: { by: me } },
    );
    await record(ctx, "appeal.resolved", held.id, {
      decision: held.decision_id,
      review: held.review_id,
      verdict: ruling.verdict,
      cause: ruling.cause,
    });
    return getAppeal(ctx, { appealId: held.id });
  });
}

async function hold(ctx: Context, appealId: string): Promise<Held> {
  const [held] = await rowsOf<Held>(
    ctx.db,
    sql`select a.id, a.decision_id, a.review_id, a.status, a.statement, d.status as decision_status, r.excluded
      from appeals a join decisions d on d.id = a.decision_id left join reviews r on r.id = a.review_id
      where a.org_id = ${ctx.orgId} and (a.id = ${appealId} or a.review_id = ${appealId}) for update of a`,
  );
  if (!held) throw new DomainError("not_found", `There is no appeal ${appealId}`);
  if (held.status === "submitted") return held;
  const sentence = held.status === "offered" ? "Nobody has appealed yet." : `This appeal is ${held.status}.`;
  throw new DomainError("conflict", sentence, { code: "review_already_resolved" });
}

// `respond`: the answer is a text. It approves and declines nothing.
async function closeReview(ctx: Context, { review_id }: Held, me: string): Promise<void> {
  const closed = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update reviews r set status = 'resolved', verdict = 'respond', resolved_by = ${me}, resolved_at = now(),
        snoozed_until = null, version = r.version + 1
      where r.id = ${review_id} and r.org_id = ${ctx.orgId} and r.kind = 'appeal' and ${isMineToTake(me)} returning r.id`,
  );
  if (closed.length === 0) throw await lostReview(ctx, review_id);
}

/** The customer's word as feedback; and what was right, where the decision was not. */
async function learn(ctx: Context, held: Held, { verdict, cause }: ResolveAppeal): Promise<void> {
  const customer: Context = { ...ctx, actor: { kind: "system", id: "appeals" } };
  const params = { decision: held.decision_id };
  const wrong = verdict === "overturned";
  await giveFeedback(customer, {
    params,
    body: {
      source: "customer",
      vote: "down",
      text: held.statement,
      ...(wrong && cause ? { cause } : {}),
    },
    header: (name) => (name.toLowerCase() === "idempotency-key" ? held.id : null),
  });
  if (!wrong) return;
  const truth = held.decision_status === "approved" ? "negative" : "positive";
  await recordOutcome(customer, { params, body: { truth, detail: `Found wrong on appeal ${held.id}` } });
}
