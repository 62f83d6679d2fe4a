import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { apiKeys, apps, sessions, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { apiContextIn } from "./api-context";
import { verifyKeys } from "./api-keys";
import { changeRole } from "./change-role";
import { createAppKey, createPersonalToken } from "./create-key";
import { disableMember } from "./disable-member";
import { endSession } from "./end-session";
import { revokeAppKey, revokePersonalToken } from "./revoke-key";
import { sha256 } from "./secret";
import { sessionCookieName, signSid } from "./session-cookie";
import { startSession } from "./start-session";

const { db } = await testDatabase();
let org: TestOrg;
let appId: string;
beforeAll(async () => {
  org = await anOrg(db);
  appId = newId("app");
  await db.insert(apps).values({ id: appId, orgId: org.orgId, key: "mail-guard", name: "Mail guard" });
});

type Call = { method?: string; headers: Record<string, string> };
const call = ({ method = "GET", headers }: Call) =>
  apiContextIn(db, { method, header: (name) => headers[name.toLowerCase()] ?? null }, "req_1");
const withKey = (key: string, method?: string) =>
  call({ method, headers: { authorization: `Bearer ${key}` } });
const cookieOf = (sid: string) => `${sessionCookieName()}=${signSid(sid)}`;
const withSession = (sid: string) => call({ headers: { cookie: cookieOf(sid) } });

async function aSession(userId: string): Promise<string> {
  return startSession(org.system, { userId, method: "password", userAgent: "test" });
}

describe("who is calling", () => {
  test("an app's key acts as the key, for its app and scopes", async () => {
    const { id, key } = await createAppKey(org.admin, { appId, name: "k", scopes: ["decisions:write"] });
    const ctx = await withKey(key);
    expect(ctx.orgId).toBe(org.orgId);
    expect(ctx.actor).toEqual({ kind: "key", id, appId, scopes: ["decisions:write"] });
  });

  test("a personal token acts as the person, by token", async () => {
    const { token } = await createPersonalToken(org.reviewer, { name: "t" });
    const { actor } = await withKey(token);
    expect(actor).toMatchObject({ kind: "user", id: org.reviewer.actor.id, role: "reviewer", via: "token" });
  });

  test("a session acts as the person, by session", async () => {
    const { actor } = await withSession(await aSession(org.auditor.actor.id));
    expect(actor).toMatchObject({ kind: "user", id: org.auditor.actor.id, role: "auditor", via: "session" });
  });

  test.each([
    ["nothing", {}],
    ["another scheme", { authorization: "Basic YTpi" }],
    ["no key", { authorization: "Bearer nonsense" }],
    ["a cookie nobody signed", { cookie: `${sessionCookieName()}=a.b.c` }],
  ])("%s is nobody", async (_, headers) => {
    await expect(call({ headers })).rejects.toMatchObject({ kind: "unauthenticated" });
  });

  test("a key with a right prefix and a wrong secret is not told apart from no key", async () => {
    const first = await createAppKey(org.admin, { appId, name: "a", scopes: ["decisions:read"] });
    await db
      .update(apiKeys)
      .set({ secretHash: sha256("another") })
      .where(eq(apiKeys.id, first.id));
    await expect(withKey(first.key)).rejects.toThrow("There is no such key.");
  });

  test("the use of a key is noted", async () => {
    const { id, key } = await createAppKey(org.admin, { appId, name: "k", scopes: ["decisions:write"] });
    await withKey(key);
    const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, id));
    expect(row?.lastUsedAt).toBeInstanceOf(Date);
  });
});

describe("a call by cookie that may change something", () => {
  const post = async (headers: Record<string, string>) =>
    call({ method: "POST", headers: { cookie: cookieOf(await aSession(org.admin.actor.id)), ...headers } });

  test.each([
    ["its own Origin", { origin: "http://localhost:3000" }],
    ["Sec-Fetch-Site same-origin", { "sec-fetch-site": "same-origin" }],
  ])("passes with %s", async (_, headers) => {
    await expect(post(headers)).resolves.toMatchObject({ orgId: org.orgId });
  });

  test.each([
    ["no Origin", {}],
    ["a foreign Origin", { origin: "https://evil.example" }],
    ["Origin null", { origin: "null" }],
    ["same-site", { "sec-fetch-site": "same-site" }],
    ["cross-site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["a forged forwarded host", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
  ])("is refused with %s", async (_, headers) => {
    await expect(post(headers)).rejects.toMatchObject({ kind: "forbidden", code: "foreign_origin" });
  });

  test("needs no Origin when it is a key", async () => {
    const { key } = await createAppKey(org.admin, { appId, name: "k", scopes: ["decisions:write"] });
    await expect(withKey(key, "POST")).resolves.toMatchObject({ orgId: org.orgId });
  });
});

/** Calls before and after `take`: power until it, none from the next request on. */
async function losesPower(use: () => Promise<unknown>, take: () => Promise<unknown>): Promise<number> {
  await use();
  await take();
  const after = await Promise.allSettled(Array.from({ length: 20 }, use));
  return after.filter((one) => one.status === "fulfilled").length;
}

describe("power ends with the next request (G28)", () => {
  test("of a disabled person's session and token", async () => {
    const person = await org.person("reviewer");
    const sid = await aSession(person.actor.id);
    const { token } = await createPersonalToken(person, { name: "t" });
    await withKey(token);
    const take = () => disableMember(org.admin, { userId: person.actor.id });
    expect(await losesPower(() => withSession(sid), take)).toBe(0);
    await expect(withKey(token)).rejects.toThrow("disabled");
  });

  test("of a disabled person even where nothing but the user row changed", async () => {
    const person = await org.person("reviewer");
    const sid = await aSession(person.actor.id);
    const take = () => db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, person.actor.id));
    expect(await losesPower(() => withSession(sid), take)).toBe(0);
  });

  test("of a session made before the role changed; a token has the new role", async () => {
    const person = await org.person("reviewer");
    const sid = await aSession(person.actor.id);
    const { token } = await createPersonalToken(person, { name: "t" });
    const take = () => changeRole(org.admin, { userId: person.actor.id, role: "auditor" });
    expect(await losesPower(() => withSession(sid), take)).toBe(0);
    expect((await withKey(token)).actor).toMatchObject({ role: "auditor" });
  });

  test("of a session that was signed out, however often its cookie was copied", async () => {
    const sid = await aSession(org.reviewer.actor.id);
    const take = () => endSession(org.reviewer, { sessionId: sha256(sid) });
    expect(await losesPower(() => withSession(sid), take)).toBe(0);
  });

  test("of a revoked key", async () => {
    const { id, key } = await createAppKey(org.admin, { appId, name: "k", scopes: ["decisions:write"] });
    expect(
      await losesPower(
        () => withKey(key),
        () => revokeAppKey(org.admin, { keyId: id }),
      ),
    ).toBe(0);
  });

  test("of a revoked personal token", async () => {
    const { id, token } = await createPersonalToken(org.auditor, { name: "t" });
    expect(
      await losesPower(
        () => withKey(token),
        () => revokePersonalToken(org.auditor, { keyId: id }),
      ),
    ).toBe(0);
  });

  test("of a key that has expired", async () => {
    const { id, key } = await createAppKey(org.admin, { appId, name: "k", scopes: ["decisions:write"] });
    const take = () =>
      db
        .update(apiKeys)
        .set({ expiresAt: sql`now()` })
        .where(eq(apiKeys.id, id));
    expect(await losesPower(() => withKey(key), take)).toBe(0);
  });

  test.each([
    ["idle for 30 minutes", { lastSeenAt: sql`now() - interval '30 minutes'` }],
    ["8 hours old", { expiresAt: sql`now()` }],
  ])("of a session that is %s", async (_, columns) => {
    const sid = await aSession(org.reviewer.actor.id);
    const take = () =>
      db
        .update(sessions)
        .set(columns)
        .where(eq(sessions.sidHash, sha256(sid)));
    expect(await losesPower(() => withSession(sid), take)).toBe(0);
  });
});

describe("many keys at once", () => {
  test("each presented text gets its own answer from one query", async () => {
    const good = await createAppKey(org.admin, { appId, name: "a", scopes: ["decisions:write"] });
    const revoked = await createAppKey(org.admin, { appId, name: "b", scopes: ["decisions:write"] });
    await revokeAppKey(org.admin, { keyId: revoked.id });
    const { token } = await createPersonalToken(org.reviewer, { name: "t" });
    const answers = await verifyKeys(db, [good.key, good.key, revoked.key, token, "nonsense"]);
    expect(answers.size).toBe(4);
    expect(answers.get(good.key)).toMatchObject({ ok: true, keyId: good.id, orgId: org.orgId });
    expect(answers.get(revoked.key)).toEqual({ ok: false, reason: "revoked" });
    expect(answers.get(token)).toMatchObject({ ok: true, actor: { kind: "user" } });
    expect(answers.get("nonsense")).toEqual({ ok: false, reason: "malformed" });
  });

  test("no key asks nothing of the database", async () => {
    expect(await verifyKeys(db, [])).toEqual(new Map());
  });
});

test("the database holds no key and no session id that could be used", async () => {
  const { key } = await createAppKey(org.admin, { appId, name: "canary", scopes: ["decisions:write"] });
  const sid = await aSession(org.admin.actor.id);
  const stored = JSON.stringify([await db.select().from(apiKeys), await db.select().from(sessions)]);
  expect(stored).not.toContain(key.split("_")[3]);
  expect(stored).not.toContain(sid);
});
