import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, lt, sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions, users } from "@/db/schema";
import type { Actor } from "@/lib/identity/schema";
import { secretOf, sha256 } from "./secret";

export type AuthMethod = (typeof sessions.$inferSelect)["authMethod"];

/** A live session: who acts, for which organisation. `id` names the session in lists and opens nothing. */
export type LiveSession = { id: string; orgId: string; actor: Extract<Actor, { kind: "user" }> };

/** Minutes without a request after which a session ends (COUNTERSIGN_SESSION_IDLE_MINUTES, 30 unless set). */
export function idleMinutes(): number {
  return positive(process.env.COUNTERSIGN_SESSION_IDLE_MINUTES, 30);
}

/** Minutes after which a session ends whatever happens (COUNTERSIGN_SESSION_MAX_MINUTES, 8 hours unless set). */
export function maxMinutes(): number {
  return positive(process.env.COUNTERSIGN_SESSION_MAX_MINUTES, 480);
}

/** Opens a session for a person and returns its new random id (256 bits), which only the cookie will hold. */
export async function createSession(
  db: Database,
  session: { userId: string; roleVersion: number; authMethod: AuthMethod; userAgent: string | null },
): Promise<string> {
  secretOf("session"); // Fails before the row is written, not after.
  const sid = randomBytes(32).toString("base64url");
  await db.insert(sessions).values({
    ...session,
    userAgent: session.userAgent?.slice(0, 300) ?? null,
    sidHash: sha256(sid),
    expiresAt: sql`now() + ${minutes(maxMinutes())}`,
  });
  return sid;
}

/**
 * The live session behind a session id, read with its user row at every call: a revoked, idle or expired session, a
 * disabled person or one whose role changed since has none. Notes the use at most once a minute.
 */
export async function findSession(db: Database, sid: string): Promise<LiveSession | undefined> {
  const id = sha256(sid);
  const [row] = await db
    .select({
      userId: users.id,
      orgId: users.orgId,
      name: users.name,
      email: users.email,
      role: users.role,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.sidHash, id), liveSession(), isNull(users.disabledAt)))
    .limit(1);
  if (!row) return undefined;
  if (row.stale) await touch(db, id);
  const { userId, orgId, name, email, role } = row;
  return { id, orgId, actor: { kind: "user", id: userId, name, email, role, via: "session" } };
}

/** The conditions under which a session row (joined with its user) is alive. */
export function liveSession(): SQL | undefined {
  return and(
    isNull(sessions.revokedAt),
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.lastSeenAt, sql`now() - ${minutes(idleMinutes())}`),
    eq(sessions.roleVersion, users.roleVersion),
  );
}

async function touch(db: Database, id: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.sidHash, id), lt(sessions.lastSeenAt, sql`now() - interval '1 minute'`)));
}

function minutes(count: number): SQL {
  return sql`make_interval(mins => ${count}::int)`;
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
