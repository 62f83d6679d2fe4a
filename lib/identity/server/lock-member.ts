import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { sessions, users } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";

/**
 * Locks a member and every active admin until commit, in one order, so that of two admins who demote each other at
 * once the second finds the change. Throws `own_role` for oneself and `not_found` for a stranger.
 */
export async function lockMember(ctx: Context, userId: string) {
  if (ctx.actor.id === userId) {
    throw new DomainError("forbidden", "Nobody changes their own role or access. Ask another admin.", {
      code: "own_role",
    });
  }
  const locked = await ctx.db
    .select({ id: users.id, role: users.role, disabledAt: users.disabledAt })
    .from(users)
    .where(
      and(
        eq(users.orgId, ctx.orgId),
        or(eq(users.id, userId), and(eq(users.role, "admin"), isNull(users.disabledAt))),
      ),
    )
    .orderBy(asc(users.id))
    .for("update");
  const member = locked.find((user) => user.id === userId);
  if (!member) throw new DomainError("not_found", "There is no such member.");
  const otherAdmins = locked.filter(
    (user) => user.id !== userId && user.role === "admin" && !user.disabledAt,
  );
  return { member, otherAdmins: otherAdmins.length };
}

/** Throws `last_admin` when taking this member's power would leave nobody who can manage the installation. */
export function keepAnAdmin({ member, otherAdmins }: Awaited<ReturnType<typeof lockMember>>): void {
  if (member.role !== "admin" || member.disabledAt || otherAdmins > 0) return;
  throw new DomainError("conflict", "This is the last admin. Make somebody else an admin first.", {
    code: "last_admin",
  });
}

/** Ends every session of a person, in the caller's transaction. */
export async function endSessionsOf(ctx: Context, userId: string): Promise<void> {
  await ctx.db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)));
}
