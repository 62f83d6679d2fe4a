import { sql } from "drizzle-orm";
import { connect } from "@/db/client";
import type { QueueOrder } from "@/lib/apps/schema";
import { ClaimNext, ReviewListQuery } from "@/lib/reviews/schema";
import { claimNextReview } from "@/lib/reviews/server/claim-next-review";
import { listReviews } from "@/lib/reviews/server/list-reviews";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Figure, Setup } from "./list-setup";

/** The index that holds a queue's reviews in each of its orders. */
const indexes: Record<QueueOrder, string> = {
  sla: "reviews_queue_due_idx",
  oldest: "reviews_queue_age_idx",
  expected_loss: "reviews_queue_loss_idx",
};
const orders = Object.keys(indexes) as QueueOrder[];

/** The next review of the longest queue and the first page of its list, in each order a queue can have. */
export function nextFigures(setup: Setup): Figure[] {
  return orders.flatMap((order) => [
    { name: `next.${order}`, run: () => inOrder(setup, order, claim), reads: indexes[order] },
    { name: `inbox.queue_${order}`, run: () => inOrder(setup, order, list), reads: indexes[order] },
  ]);
}

type Ask = (ctx: Context, queue: string) => Promise<number>;

const claim: Ask = async (ctx, queue) => {
  const { review } = await claimNextReview(ctx, ClaimNext.parse({ queue }));
  return review ? 1 : 0;
};

const list: Ask = async (ctx, queue) => {
  const query = ReviewListQuery.parse({ tab: "unclaimed", limit: 50, queue });
  return (await listReviews(ctx, query)).data.length;
};

class Undone extends Error {}

/** Asks while the queue has that order, and leaves everything as it was. */
async function inOrder({ ctx, desks }: Setup, order: QueueOrder, ask: Ask): Promise<number> {
  let rows = 0;
  const undone = ctx.db.transaction(async (db) => {
    await db.execute(sql`update queues set order_by = ${order} where id = ${desks.common.queue}`);
    rows = await ask({ ...ctx, db }, desks.common.queue);
    throw new Undone();
  });
  await undone.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return rows;
}

/** What a question read of the reviews: by which indexes how many entries, and how many rows one after the other. */
export type Reads = { indexes: Record<string, number>; sequential: number };

/** Runs it once by itself on a connection of its own, and reads the database's own counts before and after. */
export async function readsOf(setup: Setup, name: string): Promise<Reads> {
  const { db, close } = connect(setup.url, { max: 1 });
  const ctx = { ...setup.ctx, db };
  const figure = nextFigures({ ...setup, ctx }).find((one) => one.name === name);
  const before = await counted(ctx);
  await figure?.run();
  const after = await counted(ctx);
  await close();
  const indexes = Object.entries(after.indexes).map(([index, count]) => [
    index,
    count - (before.indexes[index] ?? 0),
  ]);
  return {
    indexes: Object.fromEntries(indexes.filter(([, count]) => Number(count) > 0)) as Record<string, number>,
    sequential: after.sequential - before.sequential,
  };
}

async function counted({ db }: Context): Promise<Reads> {
  await db.execute(sql`select pg_stat_force_next_flush()`);
  await db.execute(sql`select pg_stat_clear_snapshot()`);
  const [row] = await rowsOf<Reads>(
    db,
    sql`select (select json_object_agg(indexrelname, idx_tup_read) from pg_stat_user_indexes where relname = 'reviews') as indexes,
      (select seq_tup_read::float8 from pg_stat_user_tables where relname = 'reviews') as sequential`,
  );
  return row ?? { indexes: {}, sequential: 0 };
}
