import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** Over an alias `h` of reviews: this person holds it now. What they have ruled on does not count. */
export function holds(me: string): SQL {
  return sql`(h.claimed_by = ${me} and h.status = 'claimed' and h.lease_until > now() and h.staged_verdict is null)`;
}

/** Two claims of one person wait for each other until commit, so that both cannot take the last place. */
export async function takeTurns(ctx: Context, me: string): Promise<void> {
  await rowsOf(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`load ${me}`}, 0))`);
}

/** Throws `load_cap_reached` where one more of this review's queue would be over its cap. One they hold already is not one more. */
export async function requireRoom(ctx: Context, me: string, reviewId: string): Promise<void> {
  const [queue] = await rowsOf<{ id: string; name: string; load_cap: number | null }>(
    ctx.db,
    sql`select q.id, q.name, q.load_cap from reviews r join queues q on q.id = r.queue_id
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId}`,
  );
  if (!queue || queue.load_cap === null) return;
  await takeTurns(ctx, me);
  const [load] = await rowsOf<{ held: number }>(
    ctx.db,
    sql`select count(*)::int as held from reviews h
      where h.org_id = ${ctx.orgId} and h.queue_id = ${queue.id} and h.id <> ${reviewId} and ${holds(me)}`,
  );
  const held = load?.held ?? 0;
  if (held >= queue.load_cap) throw overCap(queue.name, held, queue.load_cap);
}

export function overCap(queue: string, held: number, cap: number): DomainError {
  return new DomainError(
    "conflict",
    `You hold ${held} of ${cap} reviews of the queue ${queue}; rule on one, or give one back`,
    { code: "load_cap_reached", extra: { held, load_cap: cap } },
  );
}
