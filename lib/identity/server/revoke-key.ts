import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";

/** Revokes an app's key from the next request on. Revoking again changes nothing. */
export function revokeAppKey(ctx: Context, { keyId }: { keyId: string }): Promise<{ id: string }> {
  authorize(ctx, "keys.write");
  return revoke(ctx, keyId, and(eq(apiKeys.id, keyId), eq(apiKeys.kind, "app")), "api_key.revoked");
}

/** Revokes one of the person's own tokens from the next request on. */
export function revokePersonalToken(ctx: Context, { keyId }: { keyId: string }): Promise<{ id: string }> {
  authorize(ctx, "tokens.write");
  const own = and(eq(apiKeys.id, keyId), eq(apiKeys.kind, "personal"), eq(apiKeys.userId, ctx.actor.id));
  return revoke(ctx, keyId, own, "personal_token.revoked");
}

function revoke(ctx: Context, keyId: string, which: ReturnType<typeof and>, action: string) {
  return inTransaction(ctx, async (ctx) => {
    const ofOrg = and(eq(apiKeys.orgId, ctx.orgId), which);
    const [revoked] = await ctx.db
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(ofOrg, isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    if (revoked) {
      await record(ctx, action, revoked.id);
      return revoked;
    }
    const [known] = await ctx.db.select({ id: apiKeys.id }).from(apiKeys).where(ofOrg);
    if (!known) throw new DomainError("not_found", `There is no key ${keyId}.`);
    return known;
  });
}
