import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { oneTimeTokens } from "@/db/schema";
import { sha256 } from "@/lib/identity/server/secret";
import type { Context } from "@/lib/server/context";

/** How long a link in a mail approves, hours. */
const linkHours = 4;

// The person is part of what the token is for: in anybody else's session it is no token at all.
const purposeOf = (userId: string, reviewId: string) => `approve:${userId}:${reviewId}`;

/** A path that asks one person once more and then approves, once. Only a hash of its token is stored. */
export async function makeApprovePath(ctx: Context, userId: string, reviewId: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await ctx.db.insert(oneTimeTokens).values({
    purpose: purposeOf(userId, reviewId),
    tokenHash: sha256(token),
    expiresAt: sql`now() + make_interval(hours => ${linkHours}::int)`,
  });
  return `/approve/${reviewId}/${token}`;
}

/** The row of a link that still works for this person. */
export function liveLink(userId: string, { reviewId, token }: { reviewId: string; token: string }) {
  return and(
    eq(oneTimeTokens.purpose, purposeOf(userId, reviewId)),
    eq(oneTimeTokens.tokenHash, sha256(token)),
    isNull(oneTimeTokens.usedAt),
    gt(oneTimeTokens.expiresAt, sql`now()`),
  );
}
