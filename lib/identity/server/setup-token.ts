import { randomBytes } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { database, type Database } from "@/db/client";
import { oneTimeTokens, users } from "@/db/schema";
import { sha256 } from "./secret";

/**
 * A new one-time token for /setup, to be printed by the server, while nobody is a member yet; undefined afterwards.
 * Only its hash is kept. It is good once, for 24 hours; an earlier one stays good until then, so that two servers
 * that start at once both print one that works.
 */
export async function ensureSetupToken(db: Database): Promise<string | undefined> {
  if (await hasUsers(db)) return undefined;
  const token = randomBytes(32).toString("base64url");
  await db
    .delete(oneTimeTokens)
    .where(and(eq(oneTimeTokens.purpose, "setup"), lt(oneTimeTokens.expiresAt, sql`now()`)));
  await db.insert(oneTimeTokens).values({
    purpose: "setup",
    tokenHash: sha256(token),
    expiresAt: sql`now() + interval '24 hours'`,
  });
  return token;
}

/** True once somebody is a member: the set-up is over for good. */
export async function hasUsers(db: Database): Promise<boolean> {
  const found = await db.select({ id: users.id }).from(users).limit(1);
  return found.length > 0;
}

/** True while the set-up page has work to do. */
export async function setupIsOpen(): Promise<boolean> {
  return !(await hasUsers(database()));
}
