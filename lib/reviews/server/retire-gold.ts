import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { GoldItem } from "../measures";
import { goldRows } from "./gold-rows";
import { queueToManage } from "./queue-lead";
import { personOf } from "./review-sql";

/** Takes a known answer out of its queue; copies that wait stay, and what was answered stays in the figures. */
export async function retireGold(
  ctx: Context,
  { params }: { params: { queue: string; gold: string } },
): Promise<GoldItem> {
  authorize(ctx, "gold.write");
  const queue = await queueToManage(ctx, params.queue);
  const by = personOf(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [retired] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`update gold_items set retired_at = now(), retired_by = ${by}
        where id = ${params.gold} and queue_id = ${queue.id} and org_id = ${ctx.orgId} and retired_at is null
        returning id`,
    );
    if (!retired) throw new DomainError("not_found", `There is no gold item ${params.gold} in force here`);
    await record(ctx, "gold.retired", params.gold, { queue: queue.id });
    const [item] = await goldRows(ctx, sql`g.id = ${params.gold}`, sql``);
    if (!item) throw new Error(`${params.gold} was there a moment ago`);
    return item;
  });
}
