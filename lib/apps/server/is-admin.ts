import { and, eq, isNull, sql } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Context } from "@/lib/server/context";

/** Whether whoever asked for something (`user:…`) is an admin still: what a person no longer may counts as not said. */
export async function isAdmin(ctx: Context, actor: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.orgId, ctx.orgId),
        eq(sql`'user:' || ${users.id}`, actor),
        eq(users.role, "admin"),
        isNull(users.disabledAt),
      ),
    );
  return found !== undefined;
}
