import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";

/** Ends one of the person's own sessions, at once. Signing out is ending the current one. */
export async function endSession(ctx: Context, input: { sessionId: string }): Promise<{ ended: number }> {
  const userId = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const ended = await ctx.db
      .update(sessions)
      .set({ revokedAt: sql`now()` })
      .where(
        and(eq(sessions.sidHash, input.sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt)),
      )
      .returning({ id: sessions.sidHash });
    if (ended.length > 0)
      await record(ctx, "session.ended", userId, { session: input.sessionId.slice(0, 12) });
    return { ended: ended.length };
  });
}

/** Ends every session of the person but the one they are in. */
export async function endOtherSessions(
  ctx: Context,
  input: { sessionId: string },
): Promise<{ ended: number }> {
  const userId = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const ended = await ctx.db
      .update(sessions)
      .set({ revokedAt: sql`now()` })
      .where(
        and(eq(sessions.userId, userId), ne(sessions.sidHash, input.sessionId), isNull(sessions.revokedAt)),
      )
      .returning({ id: sessions.sidHash });
    if (ended.length > 0) await record(ctx, "session.others_ended", userId, { ended: ended.length });
    return { ended: ended.length };
  });
}

function requirePerson(ctx: Context): string {
  authorize(ctx, "tokens.write");
  if (ctx.actor.kind !== "user") throw new DomainError("forbidden", "Only a person has sessions.");
  return ctx.actor.id;
}
