import { and, eq, sql } from "drizzle-orm";
import { invitations } from "@/db/schema";
import type { AcceptInvitation } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { assertPassword } from "./assert-password";
import { insertUser } from "./create-user";
import { openInvitation } from "./invite-member";
import { hashPassword } from "./password-hash";
import { sha256 } from "./secret";

/** What an invitation's link may say before it is used, or undefined when it no longer works. */
export async function findInvitation(ctx: Context, token: string) {
  authorize(ctx, "system.run");
  const [invitation] = await ctx.db
    .select({ email: invitations.email, name: invitations.name, role: invitations.role })
    .from(invitations)
    .where(byToken(ctx, token));
  return invitation;
}

/** Makes the invited person a member, once: the second of two who use the link is refused. */
export async function acceptInvitation(ctx: Context, input: AcceptInvitation): Promise<{ email: string }> {
  authorize(ctx, "system.run");
  const found = await findInvitation(ctx, input.token);
  if (!found) throw usedLink();
  assertPassword(input.password, [found.email, input.name]);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(ctx, async (ctx) => {
    const [accepted] = await ctx.db
      .update(invitations)
      .set({ acceptedAt: sql`now()` })
      .where(byToken(ctx, input.token))
      .returning({ email: invitations.email, role: invitations.role });
    if (!accepted) throw usedLink();
    await insertUser(ctx, { ...accepted, name: input.name, passwordHash, oidcSubject: null });
    return { email: accepted.email };
  });
}

function byToken(ctx: Context, token: string) {
  return and(eq(invitations.orgId, ctx.orgId), eq(invitations.tokenHash, sha256(token)), openInvitation());
}

function usedLink(): DomainError {
  return new DomainError(
    "gone",
    "This invitation was used, withdrawn or is older than 7 days. Ask an admin for a new one.",
    { code: "one_time_link_used" },
  );
}
