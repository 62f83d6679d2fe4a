import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { invitations, sessions, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { acceptInvitation, findInvitation } from "./accept-invitation";
import { changeRole } from "./change-role";
import { disableMember, enableMember } from "./disable-member";
import { inviteMember } from "./invite-member";
import { listInvitations, listMembers } from "./list-members";
import { revokeInvitation } from "./revoke-invitation";
import { journalOf } from "./testing-journal";

const { db } = await testDatabase();
const password = "violet harbour sextant";
let org: TestOrg;
beforeEach(async () => {
  org = await anOrg(db);
});

const tokenOf = (link: string) => link.split("/").at(-1) ?? "";
const aGuest = () => ({ email: `guest-${org.orgId}@example.test`, name: "Grace", role: "auditor" }) as const;
const userOf = async (id: string) => (await db.select().from(users).where(eq(users.id, id)))[0];
const fulfilled = (all: PromiseSettledResult<unknown>[]) => all.filter((one) => one.status === "fulfilled");
const reasonsOf = (all: PromiseSettledResult<unknown>[]) =>
  all.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));

describe("an invitation", () => {
  test("lets one person in, in the invited role, and is journalled", async () => {
    const { id, link } = await inviteMember(org.admin, aGuest());
    expect(await findInvitation(org.system, tokenOf(link))).toMatchObject({ role: "auditor", name: "Grace" });
    await acceptInvitation(org.system, { token: tokenOf(link), name: "Grace H.", password });
    const [member] = await db.select().from(users).where(eq(users.email, aGuest().email));
    expect(member).toMatchObject({ role: "auditor", name: "Grace H.", orgId: org.orgId });
    expect(member?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await journalOf(org.admin, id)).toEqual([`user:${org.admin.actor.id} member.invited`]);
    expect(await journalOf(org.admin, member?.id ?? "")).toEqual(["system:test member.joined"]);
    expect(await findInvitation(org.system, tokenOf(link))).toBeUndefined();
  });

  test("of two who accept it at once lets one in, and tells the other", async () => {
    const { link } = await inviteMember(org.admin, aGuest());
    const input = { token: tokenOf(link), name: "Grace", password };
    const both = await Promise.allSettled([
      acceptInvitation(org.system, input),
      acceptInvitation(org.system, input),
    ]);
    expect(fulfilled(both)).toHaveLength(1);
    expect(reasonsOf(both)).toEqual([expect.objectContaining({ kind: "gone" })]);
    expect(await db.select().from(users).where(eq(users.email, aGuest().email))).toHaveLength(1);
  });

  test("is not used up by a password that is refused", async () => {
    const { link } = await inviteMember(org.admin, aGuest());
    const token = tokenOf(link);
    const weak = acceptInvitation(org.system, { token, name: "Grace", password: "short" });
    await expect(weak).rejects.toMatchObject({ code: "weak_password" });
    await expect(acceptInvitation(org.system, { token, name: "Grace", password })).resolves.toBeTruthy();
  });

  test.each([
    ["withdrawn", (id: string) => revokeInvitation(org.admin, { invitationId: id })],
    [
      "expired",
      (id: string) =>
        db
          .update(invitations)
          .set({ expiresAt: new Date(0) })
          .where(eq(invitations.id, id)),
    ],
    ["replaced by a newer one", () => inviteMember(org.admin, aGuest())],
  ])("that is %s lets nobody in", async (_, spoil) => {
    const { id, link } = await inviteMember(org.admin, aGuest());
    await spoil(id);
    const late = acceptInvitation(org.system, { token: tokenOf(link), name: "Grace", password });
    await expect(late).rejects.toMatchObject({ kind: "gone" });
  });

  test("cannot be used in another organisation", async () => {
    const other = await anOrg(db);
    const { link } = await inviteMember(org.admin, aGuest());
    const elsewhere = acceptInvitation(other.system, { token: tokenOf(link), name: "Grace", password });
    await expect(elsewhere).rejects.toMatchObject({ kind: "gone" });
  });

  test("of somebody who is a member is refused", async () => {
    const email = org.reviewer.actor.kind === "user" ? org.reviewer.actor.email : "";
    await expect(inviteMember(org.admin, { ...aGuest(), email })).rejects.toMatchObject({ kind: "conflict" });
  });

  test("keeps no token that could be used", async () => {
    const { link } = await inviteMember(org.admin, aGuest());
    expect(JSON.stringify(await db.select().from(invitations))).not.toContain(tokenOf(link));
  });
});

describe("a member's role", () => {
  test("is changed by an admin, who is journalled, and their sessions end", async () => {
    const { id } = org.reviewer.actor;
    const expiresAt = new Date(Date.now() + 3_600_000);
    await db
      .insert(sessions)
      .values({ sidHash: id, userId: id, roleVersion: 1, authMethod: "password", expiresAt });
    await changeRole(org.admin, { userId: id, role: "auditor" });
    expect(await userOf(id)).toMatchObject({ role: "auditor", roleVersion: 2 });
    const [session] = await db.select().from(sessions).where(eq(sessions.userId, id));
    expect(session?.revokedAt).toBeInstanceOf(Date);
    expect(await journalOf(org.admin, id)).toEqual([`user:${org.admin.actor.id} member.role_changed`]);
  });

  test("is never one's own to change", async () => {
    const own = changeRole(org.admin, { userId: org.admin.actor.id, role: "reviewer" });
    await expect(own).rejects.toMatchObject({ code: "own_role" });
    await expect(disableMember(org.admin, { userId: org.admin.actor.id })).rejects.toMatchObject({
      code: "own_role",
    });
  });

  test("of the last admin stays, also when two admins demote each other at once", async () => {
    const second = await org.person("admin");
    const both = await Promise.allSettled([
      changeRole(org.admin, { userId: second.actor.id, role: "reviewer" }),
      disableMember(second, { userId: org.admin.actor.id }),
    ]);
    expect(fulfilled(both)).toHaveLength(1);
    expect(reasonsOf(both)).toEqual([expect.objectContaining({ code: "last_admin" })]);
  });

  test("is another organisation's business", async () => {
    const other = await anOrg(db);
    const stranger = changeRole(other.admin, { userId: org.reviewer.actor.id, role: "admin" });
    await expect(stranger).rejects.toMatchObject({ kind: "not_found" });
    expect(await userOf(org.reviewer.actor.id)).toMatchObject({ role: "reviewer" });
  });
});

describe("access", () => {
  test("is taken and given back by an admin, and both are journalled", async () => {
    const { id } = org.auditor.actor;
    await disableMember(org.admin, { userId: id });
    expect((await userOf(id))?.disabledAt).toBeInstanceOf(Date);
    await enableMember(org.admin, { userId: id });
    expect((await userOf(id))?.disabledAt).toBeNull();
    expect(await journalOf(org.admin, id)).toEqual([
      `user:${org.admin.actor.id} member.disabled`,
      `user:${org.admin.actor.id} member.enabled`,
    ]);
  });
});

describe("who may", () => {
  const writes = {
    inviteMember: (ctx: TestOrg["admin"]) => inviteMember(ctx, aGuest()),
    revokeInvitation: (ctx: TestOrg["admin"]) => revokeInvitation(ctx, { invitationId: "inv_x" }),
    changeRole: (ctx: TestOrg["admin"]) => changeRole(ctx, { userId: org.auditor.actor.id, role: "admin" }),
    disableMember: (ctx: TestOrg["admin"]) => disableMember(ctx, { userId: org.admin.actor.id }),
    enableMember: (ctx: TestOrg["admin"]) => enableMember(ctx, { userId: org.admin.actor.id }),
  };

  test.each(Object.entries(writes))("%s is refused to everybody but an admin", async (_, write) => {
    const key = await org.keyOf(await anAppOf(org), ["decisions:write", "decisions:read"]);
    for (const ctx of [org.reviewer, org.auditor, key]) {
      await expect(async () => write(ctx)).rejects.toMatchObject({ kind: "forbidden" });
    }
  });

  test("an auditor reads the members, a reviewer does not", async () => {
    expect((await listMembers(org.auditor, { limit: 25 })).rows).toHaveLength(3);
    await expect(listMembers(org.reviewer, { limit: 25 })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(listInvitations(org.reviewer)).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("a list is of one's own organisation, in pages that meet", async () => {
    await anOrg(db);
    const first = await listMembers(org.admin, { limit: 2 });
    const rest = await listMembers(org.admin, { limit: 2, starting_after: first.rows.at(-1)?.id });
    const back = await listMembers(org.admin, { limit: 2, ending_before: rest.rows.at(0)?.id });
    expect([first.hasMore, rest.hasMore]).toEqual([true, false]);
    expect([...first.rows, ...rest.rows].map(({ role }) => role)).toEqual(["admin", "auditor", "reviewer"]);
    expect(back.rows).toEqual(first.rows);
  });
});

async function anAppOf({ orgId }: TestOrg): Promise<string> {
  const { apps } = await import("@/db/schema");
  const id = `app_${orgId}`;
  await db.insert(apps).values({ id, orgId, key: id, name: "App" }).onConflictDoNothing();
  return id;
}
