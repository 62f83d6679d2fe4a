import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { invitations, users } from "@/db/schema";
import type { InviteMember } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { origin } from "@/lib/server/origin";
import { sha256 } from "./secret";

/**
 * Invites a person: answers the link that lets them in once, within 7 days. Only its hash is kept, so it is shown
 * this one time. An earlier invitation of the same address stops working.
 */
export function inviteMember(ctx: Context, input: InviteMember): Promise<{ id: string; link: string }> {
  authorize(ctx, "members.write");
  return inTransaction(ctx, async (ctx) => {
    await refuseMember(ctx, input.email);
    await ctx.db
      .update(invitations)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(invitations.orgId, ctx.orgId), eq(invitations.email, input.email), openInvitation()));
    const token = randomBytes(32).toString("base64url");
    const id = newId("invitation");
    await ctx.db.insert(invitations).values({
      id,
      orgId: ctx.orgId,
      ...input,
      tokenHash: sha256(token),
      invitedBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
      expiresAt: sql`now() + interval '7 days'`,
    });
    await record(ctx, "member.invited", id, { role: input.role });
    return { id, link: `${origin()}/invite/${token}` };
  });
}

/** The conditions of an invitation that still lets somebody in. */
export function openInvitation() {
  return and(
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, sql`now()`),
  );
}

async function refuseMember(ctx: Context, email: string): Promise<void> {
  const found = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.orgId, ctx.orgId), eq(users.email, email)));
  if (found.length === 0) return;
  const message = "Somebody with this e-mail address is already a member.";
  throw new DomainError("conflict", message, {
    errors: [{ pointer: "/email", code: "conflict", message }],
  });
}
