import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { News } from "../news-draft";
import { mostTries, pauseAfter } from "../when";
import { readPeople } from "./heard-events";
import type { Due } from "./message-of";
import type { Sent } from "./post-strictly";
import { sendMessage } from "./send-message";
import { ring } from "./tell-news";

const atOnce = 10;
/** Longer than a send can take: a message is with one worker at a time. */
const leaseSeconds = 120;

/**
 * A timer: sends messages whose time has come, ten at once, each leased to one worker; what fails is tried again after
 * growing pauses, up to ten times, and then said to admins in the bell. A worker that dies after a send and before its
 * record sends that one again: a message may come twice, with the same Message-ID, and is never lost.
 */
export async function deliverMessages(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const due = await claim(ctx);
  await Promise.all(due.map(async (one) => settle(ctx, one, await sendMessage(ctx, one))));
  return due.length;
}

function claim(ctx: Context): Promise<Due[]> {
  return rowsOf<Due>(
    ctx.db,
    sql`update notification_deliveries set attempts = attempts + 1, lease_until = now() + make_interval(secs => ${leaseSeconds}::int)
      where id in (select id from notification_deliveries where org_id = ${ctx.orgId} and status = 'pending'
        and not_before <= now() and (lease_until is null or lease_until <= now())
        order by not_before limit ${atOnce} for update skip locked)
      returning id, kind, channel_id, user_id, notification_ids, content, attempts`,
  );
}

async function settle(ctx: Context, due: Due, sent: Sent): Promise<void> {
  if (sent.outcome === "sent") return finish(ctx, due, sql`status = 'sent', sent_at = now(), error = null`);
  if (sent.outcome === "dropped") return finish(ctx, due, sql`status = 'cancelled', error = ${sent.why}`);
  if (due.attempts < mostTries && due.content["test"] !== true) {
    const pause = pauseAfter(due.attempts);
    return finish(
      ctx,
      due,
      sql`not_before = now() + make_interval(secs => ${pause}::int), error = ${sent.error}`,
    );
  }
  await inTransaction(ctx, async (ctx) => {
    await finish(ctx, due, sql`status = 'failed', error = ${sent.error}`);
    await sayUndelivered(ctx, due);
    await record(ctx, "notification.undelivered", due.id, { kind: due.kind, attempts: due.attempts });
  });
}

async function finish(ctx: Context, { id, attempts }: Due, change: ReturnType<typeof sql>): Promise<void> {
  // Only for the try that was claimed: a later one, of a worker that came after the lease, knows better.
  await rowsOf(
    ctx.db,
    sql`update notification_deliveries set ${change}, lease_until = null
      where id = ${id} and org_id = ${ctx.orgId} and status = 'pending' and attempts = ${attempts}`,
  );
}

/** The bell always holds: whoever looks after channels reads there what did not arrive, once an hour and channel. */
async function sayUndelivered(ctx: Context, due: Due): Promise<void> {
  const { people } = await readPeople(ctx);
  const news: News = {
    kind: "undelivered",
    key: `undelivered:${due.channel_id ?? due.kind}:h${Math.floor(ctx.now.getTime() / 3_600_000)}`,
    title: due.kind === "email" ? "Mail cannot be delivered" : "A webhook cannot be reached",
    body: "Messages were given up after their tries. They can be sent again.",
    href: "/settings/notifications#delivery",
    decisionId: null,
    queue: null,
    to: people.filter(({ role }) => role === "admin").map(({ id }) => id),
  };
  await ring(ctx, [news], people);
}
