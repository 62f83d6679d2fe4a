import { and, eq, isNull, or, sql } from "drizzle-orm";
import { invitations, users } from "@/db/schema";
import type { Role } from "@/lib/identity/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { insertUser } from "./create-user";
import { openInvitation } from "./invite-member";
import { anonymous } from "./sign-in-tries";

type Input = {
  issuer: string;
  subject: string;
  email: string;
  emailVerified: boolean;
  name: string;
  defaultRole: Role | undefined;
};

/** Why somebody whom the provider vouches for is still not let in; the sign-in page has a sentence for each. */
export const oidcRefusals = ["email_not_verified", "not_invited", "account_disabled"] as const;
export type OidcRefusal = (typeof oidcRefusals)[number];
type Answer = { ok: true; userId: string } | { ok: false; reason: OidcRefusal };

/**
 * The member whom the provider vouches for: known by subject, else by verified e-mail, else through an open
 * invitation, else (with a default role) new. Everybody else is refused with the reason.
 */
export async function signInWithOidc(ctx: Context, input: Input): Promise<Answer> {
  authorize(ctx, "system.run");
  const email = input.email.trim().toLowerCase();
  const subject = `${input.issuer}|${input.subject}`;
  if (!input.emailVerified || email === "") return refuse(ctx, email, "email_not_verified");
  return inTransaction(ctx, async (ctx) => {
    const member = await linkMember(ctx, subject, email);
    if (member) {
      return member.disabledAt ? refuse(ctx, email, "account_disabled") : { ok: true, userId: member.id };
    }
    const role = (await acceptInvitationOf(ctx, email)) ?? input.defaultRole;
    if (!role) return refuse(ctx, email, "not_invited");
    const name = input.name.trim().slice(0, 100) || email;
    const { id } = await insertUser(ctx, { email, name, role, passwordHash: null, oidcSubject: subject });
    return { ok: true, userId: id };
  });
}

/** The member of this subject; one of this e-mail without a subject yet is tied to it for good. */
async function linkMember(ctx: Context, subject: string, email: string) {
  const known = await ctx.db
    .select()
    .from(users)
    .where(
      and(
        eq(users.orgId, ctx.orgId),
        or(eq(users.oidcSubject, subject), and(eq(users.email, email), isNull(users.oidcSubject))),
      ),
    );
  const member = known.find((user) => user.oidcSubject === subject) ?? known[0];
  if (!member || member.oidcSubject === subject) return member;
  await ctx.db.update(users).set({ oidcSubject: subject }).where(eq(users.id, member.id));
  await record(ctx, "member.oidc_linked", member.id);
  return member;
}

async function acceptInvitationOf(ctx: Context, email: string): Promise<Role | undefined> {
  const [accepted] = await ctx.db
    .update(invitations)
    .set({ acceptedAt: sql`now()` })
    .where(and(eq(invitations.orgId, ctx.orgId), eq(invitations.email, email), openInvitation()))
    .returning({ role: invitations.role });
  return accepted?.role;
}

async function refuse(ctx: Context, email: string, reason: OidcRefusal): Promise<Answer> {
  if (ctx.orgId !== "") {
    await record(ctx, "sign_in.failed", `email:${anonymous(email)}`, { method: "oidc", reason });
  }
  return { ok: false, reason };
}
