import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

export type LedQueue = { id: string; key: string; name: string; leads: boolean };

/** A queue by key or id, and whether the actor leads it. Throws `not_found`. */
export async function queueOf(ctx: Context, ref: string): Promise<LedQueue> {
  const me = ctx.actor.kind === "user" ? ctx.actor.id : "";
  const [queue] = await rowsOf<LedQueue>(
    ctx.db,
    sql`select q.id, q.key, q.name, exists (select 1 from queue_members m
        where m.queue_id = q.id and m.user_id = ${me} and m.lead) as leads
      from queues q where q.org_id = ${ctx.orgId} and ${ref} in (q.key, q.id)`,
  );
  if (!queue) throw new DomainError("not_found", `There is no queue ${ref}`);
  return queue;
}

/** {@link queueOf} for whoever leads it, and for admins. Throws `forbidden`. */
export async function queueToManage(ctx: Context, ref: string): Promise<LedQueue> {
  const queue = await queueOf(ctx, ref);
  if (!queue.leads && !isAdmin(ctx)) throw notLead(queue);
  return queue;
}

export function isAdmin(ctx: Context): boolean {
  return ctx.actor.kind === "user" && ctx.actor.role === "admin";
}

export function notLead(queue: LedQueue): DomainError {
  return new DomainError("forbidden", `Only whoever leads the queue ${queue.name} may see or do this`, {
    code: "forbidden",
  });
}
