import { sql } from "drizzle-orm";
import type { Verdict } from "@/lib/kernel/statuses";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { drawMeasure } from "./draw-measure";
import { lookBackMinutes } from "./measure-arrivals";
import { anybodyElse } from "./pick-gold";
import { putCopy } from "./put-copy";

const most = 2000;
type Ruled = {
  id: string;
  decision_id: string;
  queue_id: string;
  verdict: Verdict;
  resolved_by: string;
  rate: number;
  excluded: string[];
};

/**
 * A timer: of what reviewers have just ruled on, puts a copy before another reviewer with the probability the queue
 * says, who knows nothing of the first answer. Nothing is moved by it: it measures how far two people agree. Answers
 * how many copies were put.
 */
export async function measureRulings(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  let put = 0;
  for (const ruled of await rulings(ctx)) {
    const draw = drawMeasure(ruled.id, "double");
    if (draw >= ruled.rate) continue;
    const { queue_id: queueId, excluded } = ruled;
    if (!(await anybodyElse(ctx, { queueId, excluded }))) continue;
    const done = await putCopy(ctx, {
      kind: "double",
      queueId,
      sourceDecisionId: ruled.decision_id,
      causeReviewId: ruled.id,
      probability: ruled.rate,
      draw,
      expected: ruled.verdict,
      firstReviewer: ruled.resolved_by,
      excluded,
    });
    if (done) put += 1;
  }
  return put;
}

function rulings(ctx: Context): Promise<Ruled[]> {
  return rowsOf<Ruled>(
    ctx.db,
    sql`select r.id, r.decision_id, r.queue_id, r.verdict, r.resolved_by, q.double_rate as rate,
        (select coalesce(json_agg(distinct who), '[]') from (select r.resolved_by as who
            union all select a.actor from approvals a where a.decision_id = r.decision_id
            union all select d.submitted_by where d.submitted_by like 'user:%') known) as excluded
      from reviews r join queues q on q.id = r.queue_id and q.double_rate > 0 and q.archived_at is null
      join decisions d on d.id = r.decision_id and not d.measure
      where r.org_id = ${ctx.orgId} and r.resolved_at is not null
        and r.resolved_at > now() - make_interval(mins => ${lookBackMinutes}) and r.kind = 'approval'
        and r.verdict in ('approve', 'edit', 'decline') and r.resolved_by like 'user:%'
        and not exists (select 1 from measures m where m.cause_review_id = r.id and m.kind = 'double')
      order by r.resolved_at desc limit ${most}`,
  );
}
