import { users } from "@/db/schema";
import type { Role } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { assertPassword } from "./assert-password";
import { hashPassword } from "./password-hash";

type Input = { email: string; name: string; role: Role; password: string };

/** A new member with a password; for the seed. Throws `weak_password`, or `conflict` when the address is taken. */
export async function createUser(ctx: Context, input: Input): Promise<{ id: string }> {
  authorize(ctx, "system.run");
  assertPassword(input.password, [input.email, input.name]);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(ctx, (ctx) => insertUser(ctx, { ...input, passwordHash, oidcSubject: null }));
}

export type NewUser = {
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
  oidcSubject: string | null;
};

/** Inserts the row and its journal entry, in the caller's transaction; the new person is the one who joins. */
export async function insertUser(ctx: Context, user: NewUser): Promise<{ id: string }> {
  const { name, role, passwordHash, oidcSubject } = user;
  const email = user.email.trim().toLowerCase();
  const id = newId("user");
  const made = await ctx.db
    .insert(users)
    .values({ id, orgId: ctx.orgId, email, name, role, passwordHash, oidcSubject })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (made.length === 0) {
    throw new DomainError("conflict", "Somebody with this e-mail address is already a member.", {
      code: "conflict",
    });
  }
  await record(ctx, "member.joined", id, { role, method: passwordHash ? "password" : "oidc" });
  return { id };
}
