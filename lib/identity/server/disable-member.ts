import { eq, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { endSessionsOf, keepAnAdmin, lockMember } from "./lock-member";

type Input = { userId: string };

/** Takes away a member's access: sessions end, tokens are refused, from the next request on. What they did stays. */
export function disableMember(ctx: Context, { userId }: Input): Promise<Input> {
  authorize(ctx, "members.write");
  return inTransaction(ctx, async (ctx) => {
    const locked = await lockMember(ctx, userId);
    if (locked.member.disabledAt) return { userId };
    keepAnAdmin(locked);
    await ctx.db
      .update(users)
      .set({ disabledAt: sql`now()` })
      .where(eq(users.id, userId));
    await endSessionsOf(ctx, userId);
    await record(ctx, "member.disabled", userId);
    return { userId };
  });
}

/** Gives a disabled member access again, in the role they had; they have to sign in anew. */
export function enableMember(ctx: Context, { userId }: Input): Promise<Input> {
  authorize(ctx, "members.write");
  return inTransaction(ctx, async (ctx) => {
    const { member } = await lockMember(ctx, userId);
    if (!member.disabledAt) return { userId };
    await ctx.db.update(users).set({ disabledAt: null }).where(eq(users.id, userId));
    await record(ctx, "member.enabled", userId);
    return { userId };
  });
}
