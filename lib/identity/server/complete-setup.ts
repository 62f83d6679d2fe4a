import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { oneTimeTokens, orgs } from "@/db/schema";
import type { CompleteSetup } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { assertPassword } from "./assert-password";
import { createOrg } from "./create-org";
import { insertUser } from "./create-user";
import { hasUsers } from "./setup-token";
import { hashPassword } from "./password-hash";
import { sha256 } from "./secret";

/** Makes the organisation (when there is none) and its first admin, with the token the server printed. Once. */
export async function completeSetup(ctx: Context, input: CompleteSetup): Promise<{ email: string }> {
  authorize(ctx, "system.run");
  // Looked at before the costly hash, so that guessing is cheap for us; used up in the transaction.
  if (!(await tokenIsGood(ctx.db, input.token))) throw refusedToken();
  assertPassword(input.password, [input.email, input.name, input.orgName]);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(ctx.db, sql`select pg_advisory_xact_lock(hashtext('countersign setup'))`);
    if (await hasUsers(ctx.db)) throw refusedToken();
    const used = await ctx.db
      .update(oneTimeTokens)
      .set({ usedAt: sql`now()` })
      .where(goodToken(input.token))
      .returning({ purpose: oneTimeTokens.purpose });
    if (used.length === 0) throw refusedToken();
    const orgId = (await firstOrg(ctx.db)) ?? (await createOrg(ctx.db, { name: input.orgName })).id;
    const { email, name } = input;
    await insertUser({ ...ctx, orgId }, { email, name, role: "admin", passwordHash, oidcSubject: null });
    return { email };
  });
}

function goodToken(token: string) {
  return and(
    eq(oneTimeTokens.purpose, "setup"),
    eq(oneTimeTokens.tokenHash, sha256(token)),
    isNull(oneTimeTokens.usedAt),
    gt(oneTimeTokens.expiresAt, sql`now()`),
  );
}

async function tokenIsGood(db: Database, token: string): Promise<boolean> {
  const found = await db
    .select({ purpose: oneTimeTokens.purpose })
    .from(oneTimeTokens)
    .where(goodToken(token));
  return found.length > 0;
}

async function firstOrg(db: Database): Promise<string | undefined> {
  const [org] = await db.select({ id: orgs.id }).from(orgs).orderBy(asc(orgs.id)).limit(1);
  return org?.id;
}

function refusedToken(): DomainError {
  const message = "This token is wrong, used or older than 24 hours. Start the server again for a new one.";
  return new DomainError("gone", message, {
    code: "one_time_link_used",
    errors: [{ pointer: "/token", code: "one_time_link_used", message }],
  });
}
