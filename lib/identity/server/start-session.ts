import { and, eq, isNull } from "drizzle-orm";
import { users } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { createSession, type AuthMethod } from "./sessions";

/** Opens a session for a person who has just proved who they are; answers its new random id, for the cookie. */
export function startSession(
  ctx: Context,
  input: { userId: string; method: AuthMethod; userAgent: string | null },
): Promise<string> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const [user] = await ctx.db
      .select()
      .from(users)
      .where(and(eq(users.orgId, ctx.orgId), eq(users.id, input.userId), isNull(users.disabledAt)));
    if (!user) throw new DomainError("unauthenticated", "Nobody active has this account.");
    const { id, name, email, role, roleVersion } = user;
    const sid = await createSession(ctx.db, {
      userId: id,
      roleVersion,
      authMethod: input.method,
      userAgent: input.userAgent,
    });
    const actor = { kind: "user", id, name, email, role, via: "session" } as const;
    await record({ ...ctx, actor }, "session.started", id, { method: input.method });
    return sid;
  });
}
