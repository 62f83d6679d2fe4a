import { and, desc, eq, isNull } from "drizzle-orm";
import { sessions, users } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { liveSession } from "./sessions";

/** The person's own live sessions, the latest used first; at most 50. */
export async function listSessions(ctx: Context) {
  authorize(ctx, "tokens.write");
  return ctx.db
    .select({
      id: sessions.sidHash,
      authMethod: sessions.authMethod,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(users.id, ctx.actor.id), eq(users.orgId, ctx.orgId), liveSession(), isNull(users.disabledAt)),
    )
    .orderBy(desc(sessions.lastSeenAt))
    .limit(50);
}
