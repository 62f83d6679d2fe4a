import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { QueueFilter, QueueView } from "../queues";
import { readQueues } from "./read-queues";

/** The queues in the order in which their rules are asked, by keyset. Throws `not_found` for a cursor that names none. */
export async function listQueues(ctx: Context, filter: QueueFilter): Promise<List<QueueView>> {
  authorize(ctx, "queues.read");
  const { limit, starting_after: after, archived } = filter;
  const past = after === undefined ? sql`true` : await beyond(ctx, after);
  const rows = await readQueues(
    ctx,
    sql`${past} and (${archived}::boolean or q.archived_at is null)`,
    limit + 1,
  );
  return {
    object: "list",
    url: "/api/v1/queues",
    has_more: rows.length > limit,
    data: rows.slice(0, limit),
  };
}

async function beyond(ctx: Context, id: string) {
  const [from] = await rowsOf<{ position: number }>(
    ctx.db,
    sql`select position from queues where id = ${id} and org_id = ${ctx.orgId}`,
  );
  if (!from) throw new DomainError("not_found", `There is no queue ${id} to go on from`);
  return sql`(q.position, q.id) > (${from.position}::int, ${id})`;
}
