import { sql, type SQL } from "drizzle-orm";
import { firstIdOf } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { noticeDaysOf } from "../retention";

/** Rows of each table that one step removes: a step's locks and its journal entry stay small. */
export const mostRemovedAtOnce = 1000;
const dayMs = 86_400_000;

/**
 * A timer: removes lines of bells, records of messages and links in mails that were made longer ago than they are kept
 * (`COUNTERSIGN_NOTICE_DAYS`), a bounded step at a time. A message that is still to be sent stays, with the lines it
 * carries. Answers how many rows went; many workers may run it.
 */
export async function removeOldNotices(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const days = noticeDaysOf(process.env.COUNTERSIGN_NOTICE_DAYS);
  return inTransaction(ctx, async (ctx) => {
    const before = ctx.now.getTime() - days * dayMs;
    const removed = {
      deliveries: await remove(ctx, oldDeliveries(ctx, before)),
      notifications: await remove(ctx, oldNotifications(ctx, before)),
      links: await remove(ctx, deadLinks(ctx, days)),
    };
    const all = removed.deliveries + removed.notifications + removed.links;
    if (all > 0) await record(ctx, "notices.removed", ctx.orgId, { ...removed, older_than_days: days });
    return all;
  });
}

async function remove(ctx: Context, statement: SQL): Promise<number> {
  const [row] = await rowsOf<{ removed: number }>(
    ctx.db,
    sql`with gone as (${statement}) select count(*)::int as removed from gone`,
  );
  return row?.removed ?? 0;
}

// Ids are in order of time: an old part of an index is read, and nothing of what stays.
function oldDeliveries(ctx: Context, before: number): SQL {
  return sql`delete from notification_deliveries where id in (select id from notification_deliveries
      where org_id = ${ctx.orgId} and id < ${firstIdOf("delivery", before)} and status <> 'pending'
      order by id limit ${mostRemovedAtOnce} for update skip locked) returning 1`;
}

function oldNotifications(ctx: Context, before: number): SQL {
  return sql`delete from notifications where id in (select old.id from users u cross join lateral (
        select n.id from notifications n where n.user_id = u.id and n.id < ${firstIdOf("notification", before)}
          and not exists (select 1 from notification_deliveries w where w.org_id = ${ctx.orgId} and w.status = 'pending'
            and w.user_id = u.id and w.notification_ids ? n.id)
        order by n.id limit ${mostRemovedAtOnce}) old
      where u.org_id = ${ctx.orgId} limit ${mostRemovedAtOnce}) returning 1`;
}

// A link works for hours; one that is over is as good as none.
function deadLinks(ctx: Context, days: number): SQL {
  return sql`delete from one_time_tokens where (purpose, token_hash) in (select t.purpose, t.token_hash from one_time_tokens t
      where t.expires_at < now() - make_interval(days => ${days}::int) and t.purpose like 'approve:%'
        and split_part(t.purpose, ':', 2) in (select id from users where org_id = ${ctx.orgId})
      limit ${mostRemovedAtOnce} for update skip locked) returning 1`;
}
