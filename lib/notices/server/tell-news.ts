import { sql } from "drizzle-orm";
import type { JsonObject } from "@/lib/kernel/json";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { rowsOf } from "@/lib/server/rows";
import { oneLine } from "../compose";
import { newsOf } from "../news";
import type { News } from "../news-draft";
import { preferencesOf, type Preferences } from "../preferences";
import { wanted } from "../wanted";
import { mailTime } from "../when";
import { hasMailServer, listWebhooks, type Webhook } from "./channel-rows";
import { readEvents, readPeople, type Reader } from "./heard-events";
import { holdMark, keepMark, lookBack, type Mark } from "./watermark";

const mostEvents = 5000;

/**
 * A timer: makes notifications of what happened since it last looked, each once, and puts mails and webhook messages on
 * their way, all in one transaction with the mark of how far it read. Many workers may run it; one does. Answers how
 * many events it may still have before it.
 */
export async function tellNews(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const mark = await holdMark(ctx);
    if (!mark) return 0;
    const [{ newest } = { newest: 0 }] = await rowsOf<{ newest: number | string }>(
      ctx.db,
      sql`select coalesce(max(id), 0) as newest from events`,
    );
    const upTo = Math.min(Number(newest), mark.upTo + mostEvents);
    const after = Math.max(0, mark.upTo - lookBack);
    const events = await readEvents(ctx, { after, upTo, done: mark.done });
    if (upTo === mark.upTo && events.length === 0) return 0;
    const told = events.length > 0 ? await tell(ctx, events, mark) : mark.told;
    const done = [...mark.done, ...events.map(({ id }) => id)].filter((id) => id > upTo - lookBack);
    await keepMark(ctx, { upTo, done, told });
    return Number(newest) - upTo;
  });
}

async function tell(
  ctx: Context,
  events: Awaited<ReturnType<typeof readEvents>>,
  mark: Mark,
): Promise<string[]> {
  const { people, members } = await readPeople(ctx);
  const news = events.flatMap((event) => newsOf(event, people, members) ?? []);
  if (news.length > 0) await ring(ctx, news, people);
  const fresh = news.filter(
    ({ key }, at) => !mark.told.includes(key) && news.findIndex((one) => one.key === key) === at,
  );
  await post(ctx, fresh);
  return [...mark.told, ...fresh.map(({ key }) => key).filter((key) => key.includes(":h"))].slice(-500);
}

type Line = { id: string; userId: string; news: News; inBell: boolean; mailAt: number | null };

/** Lines of the bell, and mails to those who want them; whoever was told the same before is told nothing. */
export async function ring(ctx: Context, news: readonly News[], people: readonly Reader[]): Promise<void> {
  const mailing = await hasMailServer(ctx);
  const nowMs = await databaseMs(ctx);
  const preferences = new Map(people.map(({ id, preferences }) => [id, preferencesOf(preferences)]));
  const lines = news.flatMap((one) =>
    one.to.flatMap((userId) => lineFor(one, userId, preferences.get(userId), { mailing, nowMs })),
  );
  const written = await writeLines(ctx, lines);
  const fresh = lines.filter(({ id }) => written.has(id));
  for (const line of fresh) await putMail(ctx, line);
  const ears = new Set(fresh.filter(({ inBell }) => inBell).map(({ userId }) => userId));
  await emit(ctx, ...[...ears].map((subject) => ({ type: "notification.changed", subject }) as const));
}

function lineFor(
  news: News,
  userId: string,
  preferences: Preferences | undefined,
  { mailing, nowMs }: { mailing: boolean; nowMs: number },
): Line[] {
  if (!preferences) return [];
  const want = wanted(preferences, news.kind);
  const mailAt = mailing && want.email && news.mail !== "no" ? mailTime(nowMs, preferences, news.kind) : null;
  if (!want.bell && mailAt === null) return [];
  return [{ id: newId("notification"), userId, news, inBell: want.bell, mailAt }];
}

async function databaseMs(ctx: Context): Promise<number> {
  const [row] = await rowsOf<{ ms: number }>(
    ctx.db,
    sql`select (extract(epoch from now()) * 1000)::float8 as ms`,
  );
  return row?.ms ?? 0;
}

async function writeLines(ctx: Context, lines: readonly Line[]): Promise<Set<string>> {
  const rows = lines.map(({ id, userId, inBell, news }) => ({
    id,
    user_id: userId,
    kind: news.kind,
    title: oneLine(news.title),
    body: oneLine(news.body, 500),
    href: news.href,
    decision_id: news.decisionId,
    dedupe_key: news.key,
    in_bell: inBell,
  }));
  // What is only mailed stands in the bell as read.
  const written = await rowsOf<{ id: string }>(
    ctx.db,
    sql`insert into notifications (id, org_id, user_id, kind, title, body, href, decision_id, dedupe_key, read_at)
      select id, ${ctx.orgId}, user_id, kind, title, body, href, decision_id, dedupe_key, case when not in_bell then now() end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id text, user_id text, kind text, title text, body text,
        href text, decision_id text, dedupe_key text, in_bell boolean)
      on conflict (user_id, dedupe_key) do nothing returning id`,
  );
  return new Set(written.map(({ id }) => id));
}

/** Into the person's mail that waits for the same time, or one of its own. */
async function putMail(ctx: Context, { id, userId, mailAt, inBell, news }: Line): Promise<void> {
  if (mailAt === null) return;
  const at = new Date(mailAt).toISOString();
  const added = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update notification_deliveries set notification_ids = notification_ids || ${JSON.stringify([id])}::jsonb
      where id = (select id from notification_deliveries where org_id = ${ctx.orgId} and status = 'pending' and kind = 'email'
        and user_id = ${userId} and attempts = 0 and not_before = ${at}::timestamptz and not_before > now()
        and jsonb_array_length(notification_ids) < 100 limit 1)
      returning id`,
  );
  if (added.length > 0) return;
  const content: JsonObject = { title: oneLine(news.title), always: !inBell };
  await rowsOf(
    ctx.db,
    sql`insert into notification_deliveries (id, org_id, user_id, kind, notification_ids, content, not_before)
      values (${newId("delivery")}, ${ctx.orgId}, ${userId}, 'email', ${JSON.stringify([id])}::jsonb,
        ${JSON.stringify(content)}::jsonb, greatest(now(), ${at}::timestamptz))`,
  );
}

async function post(ctx: Context, news: readonly News[]): Promise<void> {
  if (news.length === 0) return;
  const webhooks = await listWebhooks(ctx);
  const rows = webhooks.flatMap((webhook) =>
    togetherOf(news.filter((one) => hears(webhook, one))).map(({ title, body, href }) => ({
      id: newId("delivery"),
      channel_id: webhook.id,
      content: { title: oneLine(title), body: oneLine(body, 500), href },
    })),
  );
  if (rows.length === 0) return;
  await rowsOf(
    ctx.db,
    sql`insert into notification_deliveries (id, org_id, channel_id, kind, notification_ids, content)
      select id, ${ctx.orgId}, channel_id, 'slack', '[]'::jsonb, content
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id text, channel_id text, content jsonb)`,
  );
}

/** Alerts that came together are one message: what they are called, and where they all are. */
function togetherOf(news: readonly News[]): Pick<News, "title" | "body" | "href">[] {
  const alerts = news.filter(({ kind }) => kind === "incident");
  if (alerts.length < 2) return [...news];
  const names = alerts.map(({ title }) => title).join("; ");
  const one = { title: `${alerts.length} alerts at once`, body: names, href: "/alerts" };
  return [...news.filter(({ kind }) => kind !== "incident"), one];
}

function hears({ id, config }: Webhook, { kind, queue, channels }: News): boolean {
  if (channels?.includes(id)) return true;
  const isOfQueue = config.queues.length === 0 || queue === null || config.queues.includes(queue);
  return config.kinds.includes(kind) && isOfQueue;
}
