import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { QueueView } from "../queues";
import { readQueues } from "./read-queues";

/** A queue by key or id. Throws `not_found`. */
export async function getQueue(ctx: Context, input: { queue: string }): Promise<QueueView> {
  authorize(ctx, "queues.read");
  const [queue] = await readQueues(ctx, sql`${input.queue} in (q.key, q.id)`, 1);
  if (!queue) throw new DomainError("not_found", `There is no queue ${input.queue.slice(0, 100)}`);
  return queue;
}
