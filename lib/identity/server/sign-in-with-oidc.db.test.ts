import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { invitations, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { createUser } from "./create-user";
import { inviteMember } from "./invite-member";
import { signInWithOidc } from "./sign-in-with-oidc";

const { db } = await testDatabase();
let org: TestOrg;
let email: string;
let userId: string;

beforeEach(async () => {
  org = await anOrg(db);
  email = `ada-${org.orgId}@example.test`;
  const ada = { email, name: "Ada", role: "reviewer", password: "violet harbour sextant" } as const;
  ({ id: userId } = await createUser(org.system, ada));
});

describe("single sign-on", () => {
  const claims = () => ({
    issuer: "https://id.example",
    subject: `sub-${org.orgId}`,
    email,
    emailVerified: true,
    name: "Ada L.",
    defaultRole: undefined,
  });
  const usersOf = async (address: string) =>
    db
      .select()
      .from(users)
      .where(and(eq(users.orgId, org.orgId), eq(users.email, address)));

  test("knows a member by verified e-mail first, by subject from then on", async () => {
    expect(await signInWithOidc(org.system, claims())).toEqual({ ok: true, userId });
    expect(await signInWithOidc(org.system, { ...claims(), email: "ada@new.example" })).toEqual({
      ok: true,
      userId,
    });
    const impostor = await signInWithOidc(org.system, { ...claims(), subject: "somebody else" });
    expect(impostor).toEqual({ ok: false, reason: "not_invited" });
  });

  test("refuses an address that the provider has not verified", async () => {
    const answer = await signInWithOidc(org.system, { ...claims(), emailVerified: false });
    expect(answer).toEqual({ ok: false, reason: "email_not_verified" });
  });

  test("refuses a disabled member", async () => {
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId));
    expect(await signInWithOidc(org.system, claims())).toEqual({ ok: false, reason: "account_disabled" });
  });

  test("lets an invited person in, in the invited role, and uses the invitation up", async () => {
    const guest = `guest-${org.orgId}@example.test`;
    const { id } = await inviteMember(org.admin, { email: guest, name: "Grace", role: "auditor" });
    const answer = await signInWithOidc(org.system, { ...claims(), subject: "grace", email: guest });
    expect(answer).toMatchObject({ ok: true });
    expect(await usersOf(guest)).toEqual([expect.objectContaining({ role: "auditor", passwordHash: null })]);
    const [invitation] = await db.select().from(invitations).where(eq(invitations.id, id));
    expect(invitation?.acceptedAt).toBeInstanceOf(Date);
  });

  test("refuses a stranger, unless new people get a default role", async () => {
    const stranger = { ...claims(), subject: `new-${org.orgId}`, email: `new-${org.orgId}@example.test` };
    expect(await signInWithOidc(org.system, stranger)).toEqual({ ok: false, reason: "not_invited" });
    const answer = await signInWithOidc(org.system, { ...stranger, defaultRole: "reviewer" });
    expect(answer).toMatchObject({ ok: true });
    expect(await usersOf(stranger.email)).toEqual([expect.objectContaining({ role: "reviewer" })]);
  });

  test("of one new person twice at once makes one member", async () => {
    const guest = `twin-${org.orgId}@example.test`;
    const input = { ...claims(), subject: guest, email: guest, defaultRole: "reviewer" as const };
    await Promise.allSettled([signInWithOidc(org.system, input), signInWithOidc(org.system, input)]);
    expect(await usersOf(guest)).toHaveLength(1);
  });
});
