import { and, eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { passwordMatches } from "./password-hash";
import { anonymous, countTry, forgetTries } from "./sign-in-tries";

type Input = { email: string; password: string; address: string | null };
export type SignedIn = { userId: string };

/**
 * The person with this e-mail and password, or undefined for whatever reason it is not (unknown, wrong, disabled, no
 * password): time and answer are the same. Throws `rate_limited` with retry_after while the account has to wait.
 */
export async function signInWithPassword(ctx: Context, input: Input): Promise<SignedIn | undefined> {
  authorize(ctx, "system.run");
  const email = input.email.trim().toLowerCase();
  const wait = await countTry(ctx.db, email, input.address);
  if (wait > 0) {
    throw new DomainError("limited", `Too many tries. Wait ${wait} seconds, then try again.`, {
      code: "rate_limited",
      extra: { retry_after: wait },
    });
  }
  const [user] = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.orgId, ctx.orgId), eq(users.email, email)));
  const matches = await passwordMatches(user?.passwordHash, input.password);
  if (!user || !matches || user.disabledAt) {
    await recordFailure(ctx, user?.id ?? `email:${anonymous(email)}`);
    return undefined;
  }
  await forgetTries(ctx.db, email, input.address);
  return { userId: user.id };
}

async function recordFailure(ctx: Context, subject: string): Promise<void> {
  await inTransaction(ctx, (ctx) => record(ctx, "sign_in.failed", subject, { method: "password" }));
}
