import { and, desc, eq, max, sql } from "drizzle-orm";
import { invitations, sessions, users } from "@/db/schema";
import type { ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { openInvitation } from "./invite-member";
import { keyset, pageOf } from "./keyset";

/** A page of the organisation's people, disabled ones included, newest first. */
export async function listMembers(ctx: Context, page: ListQuery) {
  authorize(ctx, "members.read");
  const { where, orderBy, limit } = keyset(users.id, page);
  const lastSeen = ctx.db
    .select({ at: max(sessions.lastSeenAt).as("at") })
    .from(sessions)
    .where(eq(sessions.userId, users.id));
  const rows = await ctx.db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      disabledAt: users.disabledAt,
      createdAt: users.createdAt,
      lastSeenAt: sql<Date | null>`(${lastSeen})`.mapWith(sessions.lastSeenAt),
    })
    .from(users)
    .where(and(eq(users.orgId, ctx.orgId), where))
    .orderBy(orderBy)
    .limit(limit);
  return pageOf(rows, page);
}
export type MemberRow = Awaited<ReturnType<typeof listMembers>>["rows"][number];

/** The invitations that still let somebody in, newest first; at most 100. */
export async function listInvitations(ctx: Context) {
  authorize(ctx, "members.read");
  return ctx.db
    .select({
      id: invitations.id,
      name: invitations.name,
      email: invitations.email,
      role: invitations.role,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .where(and(eq(invitations.orgId, ctx.orgId), openInvitation()))
    .orderBy(desc(invitations.id))
    .limit(100);
}
