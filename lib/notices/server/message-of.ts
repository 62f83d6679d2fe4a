import { sql } from "drizzle-orm";
import { roleMay } from "@/lib/identity/matrix";
import type { Role } from "@/lib/identity/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { origin } from "@/lib/server/origin";
import { rowsOf } from "@/lib/server/rows";
import { mailOf, type Told } from "../compose";
import type { DeliveryKind } from "../schema";
import { isNoticeKind, noticeWords, type NoticeKind } from "../kinds";
import { makeApprovePath } from "./mailed-link";

export type Due = {
  id: string;
  kind: DeliveryKind;
  channel_id: string | null;
  user_id: string | null;
  notification_ids: string[];
  content: JsonObject;
  attempts: number;
};

export type Mail = { to: string; subject: string; text: string };

type Line = Told & { kind: string; isRead: boolean };

/** Kinds whose mail may offer to approve at once. */
const approvable: readonly NoticeKind[] = ["assigned", "second", "returned"];

/**
 * The mail of a delivery as it is to be said now, or why there is none: the person is gone, may not see it any more, or
 * has read it in the bell meanwhile.
 */
export async function mailFor(ctx: Context, due: Due): Promise<Mail | { nobody: string }> {
  const [person] = await rowsOf<{ email: string; role: Role; org_name: string }>(
    ctx.db,
    sql`select u.email, u.role, o.name as org_name from users u join orgs o on o.id = u.org_id
      where u.id = ${due.user_id} and u.org_id = ${ctx.orgId} and u.disabled_at is null`,
  );
  if (!person) return { nobody: "The person is not a member any more" };
  const about = { orgName: person.org_name, origin: origin() };
  if (due.content["test"] === true) return { to: person.email, ...mailOf([testMessage], about) };
  const lines = await linesOf(ctx, due, person.role);
  const unread = due.content["always"] === true ? lines : lines.filter(({ isRead }) => !isRead);
  if (unread.length === 0)
    return { nobody: lines.length > 0 ? "Read in the bell before" : "Theirs to see no more" };
  const told = await Promise.all(unread.map((line) => withApproval(ctx, line, { due, role: person.role })));
  return { to: person.email, ...mailOf(told, about) };
}

export const testMessage: Told = {
  title: "A test message from Countersign",
  body: "If you can read this, news will arrive here.",
  href: "/settings/notifications",
};

async function linesOf(ctx: Context, { user_id, notification_ids }: Due, role: Role): Promise<Line[]> {
  const rows = await rowsOf<Line>(
    ctx.db,
    sql`select kind, title, body, href, read_at is not null as "isRead" from notifications
      where user_id = ${user_id} and org_id = ${ctx.orgId}
        and id in (select jsonb_array_elements_text(${JSON.stringify(notification_ids)}::jsonb)) order by id`,
  );
  return rows.filter(({ kind }) => isNoticeKind(kind) && roleMay(role, noticeWords[kind].needs));
}

// What cannot be undone, is above its cap, or was changed by somebody is approved on the screen that shows it all.
async function withApproval(
  ctx: Context,
  { kind, isRead: _, ...told }: Line,
  { due, role }: { due: Due; role: Role },
): Promise<Told> {
  const reviewId = /^\/inbox\/(rev_[0-9a-z]+)$/.exec(told.href)?.[1];
  const mayOffer = isNoticeKind(kind) && approvable.includes(kind) && roleMay(role, "reviews.rule");
  if (!reviewId || !mayOffer || due.user_id === null) return told;
  const [modest] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select r.id from reviews r join decisions d on d.id = r.decision_id join decision_types t on t.id = d.type_id
      left join autonomies au on au.app_id = d.app_id and au.type_id = d.type_id
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and r.kind in ('approval', 'second') and r.severity is distinct from 'high'
        and r.status in ('open', 'claimed', 'snoozed') and d.status in ('in_review', 'awaiting_second')
        and d.edited_arguments is null and t.reversibility <> 'irreversible'
        and not r.blind and (au.amount_cap is null or d.amount is null or (d.currency = t.currency and d.amount <= au.amount_cap))`,
  );
  return modest ? { ...told, approveHref: await makeApprovePath(ctx, due.user_id, reviewId) } : told;
}
