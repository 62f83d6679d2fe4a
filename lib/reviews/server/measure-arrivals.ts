import { sql } from "drizzle-orm";
import { firstIdOf } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { drawMeasure } from "./draw-measure";
import { pickGold } from "./pick-gold";
import { putCopy } from "./put-copy";

/** Arrivals older than this draw nothing any more: a worker that was away does not make up for it at once. */
export const lookBackMinutes = 10;
const most = 5000;

/**
 * A timer: for each review that arrives, with the probability its queue says, puts a copy of a decision with a known
 * answer into the same queue. The draw is a keyed hash of the arriving review's id, so it depends on nothing that the
 * app sent, and many workers draw alike. Answers how many copies were put.
 */
export async function measureArrivals(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const queues = await rowsOf<{ id: string; rate: number }>(
    ctx.db,
    sql`select q.id, q.gold_rate as rate from queues q where q.org_id = ${ctx.orgId} and q.gold_rate > 0
      and q.archived_at is null
      and exists (select 1 from gold_items g where g.queue_id = q.id and g.retired_at is null)`,
  );
  if (queues.length === 0) return 0;
  const rates = new Map(queues.map(({ id, rate }) => [id, rate]));
  let put = 0;
  for (const { id, queue_id: queueId } of await arrivals(ctx, [...rates.keys()])) {
    const probability = rates.get(queueId) ?? 0;
    const draw = drawMeasure(id, "gold");
    if (draw >= probability) continue;
    if (await askGold(ctx, { queueId, causeReviewId: id, probability, draw })) put += 1;
  }
  return put;
}

type Cause = { queueId: string; causeReviewId: string; probability: number; draw: number };

// One at a time in each queue, so that two workers never put two copies of one answer before somebody.
function askGold(ctx: Context, cause: Cause): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`gold:${cause.queueId}`}, 0))`);
    const gold = await pickGold(ctx, { queueId: cause.queueId, seed: cause.causeReviewId });
    if (!gold) return false;
    const { decision_id: sourceDecisionId, expected, excluded } = gold;
    const about = { ...cause, sourceDecisionId, expected, excluded };
    return (await putCopy(ctx, { kind: "gold", firstReviewer: null, ...about })) !== null;
  });
}

// By id, which is time-ordered: the primary key holds what came lately, however long the history.
function arrivals(ctx: Context, queueIds: string[]): Promise<{ id: string; queue_id: string }[]> {
  const since = ctx.now.getTime() - lookBackMinutes * 60_000;
  return rowsOf(
    ctx.db,
    sql`select r.id, r.queue_id from reviews r where r.id >= ${firstIdOf("review", since)} and r.org_id = ${ctx.orgId}
        and r.queue_id = any(${sql.param(queueIds)}::text[]) and r.kind = 'approval'
        and not exists (select 1 from measures m where m.cause_review_id = r.id and m.kind = 'gold')
        and not exists (select 1 from measures m where m.decision_id = r.decision_id)
      order by r.id desc limit ${most}`,
  );
}
