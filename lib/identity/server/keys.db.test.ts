import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { apiKeys, apps } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { handleCreateApiKey, handleListApiKeys, handleRevokeApiKey, handleWhoami } from "./api-handlers";
import { createAppKey, createPersonalToken } from "./create-key";
import { listAppKeys, listKeyApps, listPersonalTokens } from "./list-keys";
import { revokeAppKey, revokePersonalToken } from "./revoke-key";
import { journalOf } from "./testing-journal";

const { db } = await testDatabase();
let org: TestOrg;
let appId: string;
beforeEach(async () => {
  org = await anOrg(db);
  appId = newId("app");
  await db.insert(apps).values({ id: appId, orgId: org.orgId, key: "desk", name: "Desk" });
});

const input = () => ({ appId, name: "server", scopes: ["decisions:write" as const] });
const daysUntil = (moment: Date | null | undefined) =>
  moment ? Math.round((moment.getTime() - Date.now()) / 86_400_000) : null;

test("an admin's key is journalled without its secret and expires in 90 days unless said otherwise", async () => {
  const { id, key } = await createAppKey(org.admin, input());
  const never = await createAppKey(org.system, { ...input(), expiresInDays: null });
  expect(await journalOf(org.admin, id)).toEqual([`user:${org.admin.actor.id} api_key.created`]);
  const { rows } = await listAppKeys(org.admin, { limit: 25 });
  expect(rows.map((row) => daysUntil(row.expiresAt))).toEqual([null, 90]);
  expect(rows.map((row) => row.id)).toEqual([never.id, id]);
  expect(JSON.stringify(rows)).not.toContain(key.split("_")[3]);
});

test("a key is for an app of one's own organisation that is in use", async () => {
  const other = await anOrg(db);
  await expect(createAppKey(other.admin, input())).rejects.toMatchObject({ kind: "not_found" });
  await db.update(apps).set({ archivedAt: new Date() }).where(eq(apps.id, appId));
  await expect(createAppKey(org.admin, input())).rejects.toMatchObject({ kind: "not_found" });
  expect(await listKeyApps(org.admin)).toEqual([]);
});

test("keys are made and revoked by admins only", async () => {
  const { id } = await createAppKey(org.admin, input());
  for (const ctx of [org.reviewer, org.auditor, await org.keyOf(appId, ["decisions:write"])]) {
    expect(() => createAppKey(ctx, input())).toThrow(expect.objectContaining({ kind: "forbidden" }));
    expect(() => revokeAppKey(ctx, { keyId: id })).toThrow(expect.objectContaining({ kind: "forbidden" }));
  }
});

test("keys are listed for auditors and admins, not for reviewers", async () => {
  await createAppKey(org.admin, input());
  expect((await listAppKeys(org.auditor, { limit: 25 })).rows).toHaveLength(1);
  await expect(listAppKeys(org.reviewer, { limit: 25 })).rejects.toMatchObject({ kind: "forbidden" });
});

test("revoking is journalled once, however often it is asked, also by two at once", async () => {
  const { id } = await createAppKey(org.admin, input());
  const both = await Promise.all([
    revokeAppKey(org.admin, { keyId: id }),
    revokeAppKey(org.admin, { keyId: id }),
  ]);
  expect(both).toEqual([{ id }, { id }]);
  expect((await journalOf(org.admin, id)).filter((line) => line.includes("revoked"))).toHaveLength(1);
});

test("another organisation's key cannot be revoked, and is not told apart from none", async () => {
  const other = await anOrg(db);
  const { id } = await createAppKey(org.admin, input());
  await expect(revokeAppKey(other.admin, { keyId: id })).rejects.toMatchObject({ kind: "not_found" });
});

test("every role may have personal tokens, and sees and revokes only its own", async () => {
  const mine = await createPersonalToken(org.reviewer, { name: "mine" });
  await createPersonalToken(org.admin, { name: "theirs" });
  expect((await listPersonalTokens(org.reviewer)).map(({ name }) => name)).toEqual(["mine"]);
  await expect(revokePersonalToken(org.admin, { keyId: mine.id })).rejects.toMatchObject({
    kind: "not_found",
  });
  await revokePersonalToken(org.reviewer, { keyId: mine.id });
  expect(await journalOf(org.admin, mine.id)).toEqual([
    `user:${org.reviewer.actor.id} personal_token.created`,
    `user:${org.reviewer.actor.id} personal_token.revoked`,
  ]);
});

test("a token cannot make tokens, and neither can an app's key", async () => {
  const viaToken = {
    ...org.reviewer,
    actor: { ...org.reviewer.actor, via: "token" as const },
  } as TestOrg["reviewer"];
  const key = await org.keyOf(appId, ["decisions:write"]);
  for (const ctx of [viaToken, key, org.system]) {
    expect(() => createPersonalToken(ctx, { name: "t" })).toThrow(
      expect.objectContaining({ kind: "forbidden" }),
    );
  }
});

test("a personal token is not an app's key: the keys' list and revocation do not know it", async () => {
  const { id } = await createPersonalToken(org.admin, { name: "t" });
  await expect(revokeAppKey(org.admin, { keyId: id })).rejects.toMatchObject({ kind: "not_found" });
  expect((await listAppKeys(org.admin, { limit: 25 })).rows).toEqual([]);
});

test("the database refuses a key that is an app's and a person's", async () => {
  const { id } = await createAppKey(org.admin, input());
  const both = db.update(apiKeys).set({ userId: org.admin.actor.id }).where(eq(apiKeys.id, id));
  await expect(both).rejects.toMatchObject({ cause: { constraint: "api_keys_owner_check" } });
});

test("over the API a key is shown once, listed without it, and revoked", async () => {
  const body = { app_id: appId, name: "ci", scopes: ["feedback:write" as const], expires_in_days: 7 };
  const made = await handleCreateApiKey(org.admin, { body });
  expect(made).toMatchObject({ object: "api_key", app_id: appId, status: "active", livemode: false });
  expect(made.key).toMatch(/^sk_test_/);
  const query = { limit: 25, app_id: appId };
  expect(JSON.stringify(await handleListApiKeys(org.admin, { query }))).not.toContain(made.key);
  expect(await handleRevokeApiKey(org.admin, { params: { id: made.id } })).toMatchObject({
    status: "revoked",
  });
});

test("whoami tells a key its app, scopes and capabilities", async () => {
  const key = await org.keyOf(appId, ["decisions:read"]);
  expect(await handleWhoami(key)).toMatchObject({
    kind: "key",
    app_id: appId,
    scopes: ["decisions:read"],
    capabilities: expect.arrayContaining(["decisions.read"]),
    organisation: { id: org.orgId },
  });
  expect((await handleWhoami(org.reviewer)).capabilities).toContain("reviews.rule");
});
