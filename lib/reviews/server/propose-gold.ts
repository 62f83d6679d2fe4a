import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { GoldProposal } from "../measures";
import { aboutDecision, aboutOf, type AboutRow } from "./gold-rows";
import { queueToManage } from "./queue-lead";
import { stamp } from "./review-sql";

const looked = { days: 180, each: 10 };
type Row = AboutRow & { source: GoldProposal["source"]; created_at: string };

/**
 * Past decisions of a queue whose right answer an auditor or an outcome has told and that are not marked yet: the
 * newest ones that were wrong first, because those say whether reviewers notice.
 */
export async function proposeGold(
  ctx: Context,
  { params }: { params: { queue: string } },
): Promise<{ object: "gold_proposals"; data: GoldProposal[] }> {
  authorize(ctx, "gold.write");
  const queue = await queueToManage(ctx, params.queue);
  const [wrong, right] = [await candidates(ctx, queue.id, "wrong"), await candidates(ctx, queue.id, "right")];
  const data = [...wrong, ...right].map((row) => ({
    ...aboutOf(row),
    source: row.source,
    created_at: row.created_at,
  }));
  return { object: "gold_proposals", data };
}

function candidates(ctx: Context, queueId: string, which: "wrong" | "right"): Promise<Row[]> {
  return rowsOf<Row>(
    ctx.db,
    sql`select ${aboutDecision}, case when d.truth = 'positive' then 'approve' else 'decline' end as expected,
        d.truth_source as source, ${stamp("d.created_at")} as created_at
      from decisions d join decision_types t on t.id = d.type_id
      where d.org_id = ${ctx.orgId} and d.truth is not null and d.truth_source in ('audit', 'outcome')
        and d.created_at > now() - make_interval(days => ${looked.days}) and t.queue_id = ${queueId}
        and (d.truth <> d.predicted) = ${which === "wrong"} and d.compensates_id is null
        and d.status in ('approved', 'declined')
        and not exists (select 1 from gold_items g where g.decision_id = d.id and g.queue_id = ${queueId} and g.retired_at is null)
      order by d.created_at desc limit ${looked.each}`,
  );
}
