import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import type { ChangeRole } from "@/lib/identity/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { endSessionsOf, keepAnAdmin, lockMember } from "./lock-member";

/** Gives another member a role. Their sessions end at once; their tokens act with the new role. */
export function changeRole(ctx: Context, { userId, role }: ChangeRole): Promise<{ userId: string }> {
  authorize(ctx, "members.write");
  return inTransaction(ctx, async (ctx) => {
    const locked = await lockMember(ctx, userId);
    if (locked.member.role === role) return { userId };
    keepAnAdmin(locked);
    await ctx.db
      .update(users)
      .set({ role, roleVersion: sql`${users.roleVersion} + 1` })
      .where(eq(users.id, userId));
    await endSessionsOf(ctx, userId);
    await record(ctx, "member.role_changed", userId, { from: locked.member.role, to: role });
    return { userId };
  });
}
