import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import type { ChangePassword } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { assertPassword } from "./assert-password";
import { endOtherSessions } from "./end-session";
import { hashPassword, passwordMatches } from "./password-hash";
import { countTry, forgetTries } from "./sign-in-tries";

/** Changes the person's own password; their sessions other than the context's end. */
export async function changePassword(
  ctx: Context & { sessionId: string },
  { current, next }: ChangePassword,
): Promise<{ ended: number }> {
  authorize(ctx, "tokens.write");
  if (ctx.actor.kind !== "user") throw new DomainError("forbidden", "Only a person has a password.");
  const { id, email, name } = ctx.actor;
  // Somebody at an open screen must not be able to guess the password faster than at the sign-in page.
  const wait = await countTry(ctx.db, email, `change ${id}`);
  if (wait > 0) {
    throw new DomainError("limited", `Too many tries. Wait ${wait} seconds, then try again.`, {
      code: "rate_limited",
      extra: { retry_after: wait },
    });
  }
  const [user] = await ctx.db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, id));
  if (!(await passwordMatches(user?.hash, current))) throw wrongPassword();
  assertPassword(next, [email, name], "/next");
  const passwordHash = await hashPassword(next);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.update(users).set({ passwordHash }).where(eq(users.id, id));
    await forgetTries(ctx.db, email, `change ${id}`);
    const ended = await endOtherSessions(ctx, { sessionId: ctx.sessionId });
    await record(ctx, "member.password_changed", id);
    return ended;
  });
}

/** True when the person has a password to change; one who only signs in through OIDC has none. */
export async function hasPassword(ctx: Context): Promise<boolean> {
  authorize(ctx, "tokens.write");
  const [user] = await ctx.db
    .select({ hash: users.passwordHash })
    .from(users)
    .where(eq(users.id, ctx.actor.id));
  return Boolean(user?.hash);
}

function wrongPassword(): DomainError {
  const message = "This is not your current password.";
  return new DomainError("invalid", message, {
    code: "wrong_password",
    errors: [{ pointer: "/current", code: "wrong_password", message }],
  });
}
