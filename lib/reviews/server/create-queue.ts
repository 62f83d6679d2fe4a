import { sql } from "drizzle-orm";
import { queues } from "@/db/schema";
import { keyTaken, missing } from "@/lib/apps/server/find";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { CreateQueue, QueueView } from "../queues";
import { escalationTarget, queueColumns, requireRule } from "./queue-parts";
import { readQueues } from "./read-queues";

/** Makes a queue. Its rule is asked of every decision from now on. Throws `invalid_rule` and `key_taken`. */
export async function createQueue(ctx: Context, input: CreateQueue): Promise<QueueView> {
  authorize(ctx, "queues.write");
  requireRule(input.rule);
  return inTransaction(ctx, async (ctx) => {
    const id = newId("queue");
    const escalateToId = await escalationTarget(ctx, input.escalate_to);
    const columns = { ...queueColumns({ ...input, escalateToId }), name: input.name };
    const [made] = await ctx.db
      .insert(queues)
      .values({ ...columns, id, orgId: ctx.orgId, key: input.key })
      .onConflictDoNothing({ target: [queues.orgId, queues.key] })
      .returning({ id: queues.id });
    if (!made) return keyTaken("a queue", input.key);
    const [view] = await readQueues(ctx, sql`q.id = ${id}`, 1);
    const data = { key: input.key, rule: input.rule, position: input.position, order: input.order };
    await emit(ctx, { type: "queue.changed", subject: id, data: { by: actorName(ctx.actor) } });
    await record(ctx, "queue.created", id, data);
    return view ?? missing("queue", id);
  });
}
