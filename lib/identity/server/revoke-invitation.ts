import { and, eq, sql } from "drizzle-orm";
import { invitations } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { openInvitation } from "./invite-member";

/** Withdraws an invitation that nobody has accepted yet: its link stops working. */
export function revokeInvitation(ctx: Context, input: { invitationId: string }): Promise<{ id: string }> {
  authorize(ctx, "members.write");
  return inTransaction(ctx, async (ctx) => {
    const [revoked] = await ctx.db
      .update(invitations)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(invitations.orgId, ctx.orgId), eq(invitations.id, input.invitationId), openInvitation()))
      .returning({ id: invitations.id });
    if (!revoked) throw new DomainError("not_found", "There is no open invitation of this id.");
    await record(ctx, "member.invitation_revoked", revoked.id);
    return revoked;
  });
}
