import { sql, type SQL } from "drizzle-orm";
import type { QueueOrder } from "@/lib/apps/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ClaimNext, ReviewView } from "../schema";
import { noteClaim } from "./claim-review";
import { getReview } from "./get-review";
import { holds, overCap, takeTurns } from "./load-cap";
import { isOfferedTo } from "./offered";
import { mayWork, mayWorkIn } from "./queue-scope";
import { filtered, isFree, personOf } from "./review-sql";

/** A queue the person works in that has something for them. */
type Line = {
  id: string;
  name: string;
  order: QueueOrder;
  load_cap: number | null;
  auto_assign: boolean;
  held: number;
};
type Wish = { me: string; about: SQL };

/**
 * Takes the next review that nobody holds: first what is kept for this person, then of the queue of theirs that has
 * the most urgent one, in that queue's own order, passing over those that somebody is taking at this very moment and,
 * as long as there are others, those kept for somebody else. `review` is null when there is none. Throws
 * `load_cap_reached` when there are some, but only in queues of which they hold as many as they may.
 */
export async function claimNextReview(
  ctx: Context,
  input: ClaimNext,
): Promise<{ review: ReviewView | null }> {
  authorize(ctx, "reviews.rule");
  const me = personOf(ctx);
  const about = sql`${await filtered(ctx, input)} and r.id <> all(${sql.param(input.exclude)}) and ${isOfferedTo(me)}`;
  return inTransaction(ctx, async (ctx) => {
    const claimed = await claimOne(ctx, { me, about });
    if (!claimed) return { review: null };
    await noteClaim(ctx, claimed.id, claimed.decision_id);
    return { review: await getReview(ctx, { reviewId: claimed.id }) };
  });
}

async function claimOne(ctx: Context, wish: Wish) {
  const lines = await linesOf(ctx, wish);
  const full = lines.filter((line) => line.load_cap !== null && line.held >= line.load_cap);
  const open = lines.filter((line) => !full.includes(line));
  const own = sql`r.org_id = ${ctx.orgId} and r.assigned_to = ${wish.me} and ${mayWork(wish.me)}
    and r.queue_id <> all(${sql.param(full.map(({ id }) => id))})`;
  const unkept = sql`(r.assigned_to is null or r.assigned_to = ${wish.me})`;
  // Nobody is kept out by what is kept for somebody, but where reviews are shared out each keeps their own.
  const passes = [
    { where: own, order: byDue },
    ...open.flatMap((line) => inLine(line, unkept)),
    ...open.filter((line) => !line.auto_assign).flatMap((line) => inLine(line, sql`not ${unkept}`)),
  ];
  for (const pass of passes) {
    const claimed = await claimFirst(ctx, wish, pass);
    if (claimed) return claimed;
  }
  const [tooMany] = full;
  if (tooMany) throw overCap(tooMany.name, tooMany.held, tooMany.load_cap ?? 0);
  return undefined;
}

/** The person's queues in the order of their most urgent review; a person's second claim waits where a cap counts them. */
async function linesOf(ctx: Context, { me, about }: Wish): Promise<Line[]> {
  const read = () =>
    rowsOf<Line>(
      ctx.db,
      sql`select q.id, q.name, q.order_by as order, q.load_cap, q.auto_assign,
          case when q.load_cap is null then 0
            else (select count(*)::int from reviews h where h.queue_id = q.id and ${holds(me)}) end as held
        from queues q cross join lateral (select r.due_at from reviews r
          where r.queue_id = q.id and r.status in ('open', 'claimed', 'snoozed') and ${isFree}${about}
          order by r.due_at, r.id limit 1) first
        where q.org_id = ${ctx.orgId} and ${mayWorkIn(me)} order by first.due_at, q.id`,
    );
  const lines = await read();
  if (lines.every((line) => line.load_cap === null)) return lines;
  await takeTurns(ctx, me);
  return read();
}

type Pass = { where: SQL; order: SQL };
const byDue = sql`r.due_at, r.id`;
const byAge = sql`r.id`;

function inLine({ id, order }: Line, more: SQL): Pass[] {
  const where = sql`r.queue_id = ${id} and ${more}`;
  switch (order) {
    case "sla":
      return [{ where, order: byDue }];
    case "oldest":
      return [{ where, order: byAge }];
    case "expected_loss":
      // What has none comes last, by age; apart, so that each is read in the order of an index.
      return [
        {
          where: sql`${where} and r.loss_per_minute is not null`,
          order: sql`r.loss_per_minute desc nulls last, r.id`,
        },
        { where: sql`${where} and r.loss_per_minute is null`, order: byAge },
      ];
  }
}

async function claimFirst(ctx: Context, { me, about }: Wish, { where, order }: Pass) {
  const [claimed] = await rowsOf<{ id: string; decision_id: string }>(
    ctx.db,
    sql`with next as (select r.id from reviews r
        where r.status in ('open', 'claimed', 'snoozed') and ${isFree} and ${where}${about}
        order by ${order} limit 1 for update of r skip locked)
      update reviews r set status = 'claimed', claimed_by = ${me}, claimed_at = now(), snoozed_until = null,
        lease_until = now() + make_interval(secs => q.lease_seconds), version = r.version + 1
      from next, queues q where r.id = next.id and q.id = r.queue_id
      returning r.id, r.decision_id`,
  );
  return claimed;
}
