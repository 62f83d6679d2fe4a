import { and, count, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { invitations, journal, oneTimeTokens, sessions, signInTries, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { changePassword } from "./change-password";
import { completeSetup } from "./complete-setup";
import { createOrg } from "./create-org";
import { createUser } from "./create-user";
import { endOtherSessions, endSession } from "./end-session";
import { inviteMember } from "./invite-member";
import { listSessions } from "./list-sessions";
import { sha256 } from "./secret";
import { ensureSetupToken } from "./setup-token";
import { signInWithOidc } from "./sign-in-with-oidc";
import { signInWithPassword } from "./sign-in-with-password";
import { startSession } from "./start-session";
import { publicContextIn, systemContext } from "./system-context";
import { countTry, forgetTries } from "./sign-in-tries";
import { journalOf } from "./testing-journal";

const { db } = await testDatabase();
const password = "violet harbour sextant";
let org: TestOrg;
let email: string;
let userId: string;

async function aMember() {
  org = await anOrg(db);
  email = `ada-${org.orgId}@example.test`;
  ({ id: userId } = await createUser(org.system, { email, name: "Ada", role: "reviewer", password }));
}

const signIn = (typed: string, address: string | null = "192.0.2.1", who = email) =>
  signInWithPassword(org.system, { email: who, password: typed, address });

/** Tries all at once: how many were looked at, and how many doubling waits (1, 2, 4 … s) were over meanwhile. */
async function tryAll(tries: (() => Promise<unknown>)[]) {
  const begun = performance.now();
  const answers = await Promise.allSettled(tries.map((one) => one()));
  const seconds = (performance.now() - begun) / 1000;
  const lookedAt = answers.filter((one) => one.status === "fulfilled").length;
  return { lookedAt, waitsOver: Math.floor(Math.log2(seconds + 1)) };
}

// First, while the database has no organisation and nobody in it.
describe("the set-up", () => {
  const form = { orgName: "Acme", name: "Ada", email: "ada@acme.test", password };

  test("is done once with the printed token, of which only the hash is kept", async () => {
    const token = (await ensureSetupToken(db)) ?? "";
    const second = (await ensureSetupToken(db)) ?? "";
    expect(JSON.stringify(await db.select().from(oneTimeTokens))).not.toContain(token);
    const ctx = await publicContextIn(db);
    expect(ctx.orgId).toBe("");
    await expect(completeSetup(ctx, { ...form, token: "guess" })).rejects.toMatchObject({ kind: "gone" });
    await expect(completeSetup(ctx, { ...form, token, password: "short" })).rejects.toMatchObject({
      code: "weak_password",
    });
    const race = await Promise.allSettled([
      completeSetup(ctx, { ...form, token }),
      completeSetup(ctx, { ...form, token: second, email: "eve@acme.test" }),
    ]);
    expect(race.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const made = await db.select().from(users);
    expect(made).toEqual([expect.objectContaining({ role: "admin" })]);
    expect(await journalOf({ ...ctx, orgId: made[0]?.orgId ?? "" }, made[0]?.id ?? "")).toEqual([
      "system:sign-in member.joined",
    ]);
    expect(await ensureSetupToken(db)).toBeUndefined();
    await expect(completeSetup(ctx, { ...form, token: second })).rejects.toMatchObject({ kind: "gone" });
  });
});

describe("a password", () => {
  beforeEach(aMember);

  test("signs the right person in, whatever the case of the address", async () => {
    expect(await signIn(password, null, ` ${email.toUpperCase()} `)).toEqual({ userId });
  });

  test("that is wrong is answered and journalled without the address", async () => {
    expect(await signIn("wrong")).toBeUndefined();
    expect(await signIn("wrong", null, "nobody@example.test")).toBeUndefined();
    expect(await journalOf(org.admin, userId)).toContain("system:test sign_in.failed");
    const entries = JSON.stringify(await db.select().from(journal).where(eq(journal.orgId, org.orgId)));
    expect(entries).toMatch(/email:[0-9a-f]{32}/);
    expect(entries).not.toContain("nobody@example.test");
  });

  test("of a disabled person and of one without a password signs nobody in", async () => {
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId));
    expect(await signIn(password)).toBeUndefined();
    await db.update(users).set({ disabledAt: null, passwordHash: null }).where(eq(users.id, userId));
    expect(await signIn("a password that nobody has")).toBeUndefined();
  });

  test("takes about as long to refuse for an unknown person as for a known one", async () => {
    await signIn("warm up", null);
    const timed = async (who: string, address: string) => {
      const begun = performance.now();
      await signIn("wrong", address, who);
      return performance.now() - begun;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 12; i++) {
      known.push(await timed(email, `a${i}`));
      unknown.push(await timed("nobody@example.test", `b${i}`));
    }
    const median = (all: number[]) => all.toSorted((a, b) => a - b)[6] ?? 0;
    // Without the decoy hash the unknown person would be answered in a tenth of the time.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.4);
    expect(median(unknown) / median(known)).toBeLessThan(2.5);
  });

  test("guessed 200 times at once is looked at five times, and once more for each doubled wait", async () => {
    const { lookedAt, waitsOver } = await tryAll(Array.from({ length: 200 }, () => () => signIn("wrong")));
    expect(lookedAt).toBeGreaterThanOrEqual(5);
    expect(lookedAt).toBeLessThanOrEqual(5 + waitsOver);
  });

  test("guessed again and again waits twice as long each time, and says how long", async () => {
    for (const [tries, seconds] of [
      [4, 1],
      [5, 2],
      [9, 32],
      [40, 900],
    ] as const) {
      await db.delete(signInTries);
      await signIn("wrong");
      await db.update(signInTries).set({ tries, waitUntil: null });
      expect(await signIn("wrong")).toBeUndefined();
      const rows = await db.select().from(signInTries);
      const waits = rows.map(({ lastAt, waitUntil }) => (waitUntil ? +waitUntil - +lastAt : 0));
      expect(Math.max(...waits)).toBeCloseTo(seconds * 1000, -2);
    }
    const refused = await signIn(password).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: "limited", code: "rate_limited" });
    expect(String(refused)).toMatch(/Wait (8\d\d|900) seconds/);
  });

  test("guessed from one address does not keep its owner out at another", async () => {
    await Promise.allSettled(Array.from({ length: 20 }, () => signIn("wrong", "198.51.100.9")));
    expect(await signIn(password, "203.0.113.7")).toEqual({ userId });
  });

  test("tried for many accounts from one address makes that address wait", async () => {
    const names = Array.from({ length: 60 }, (_, i) => `spray-${i}-${org.orgId}@example.test`);
    const { lookedAt, waitsOver } = await tryAll(
      names.map((name) => () => signIn("wrong", `spray-${org.orgId}`, name)),
    );
    expect(lookedAt).toBeGreaterThanOrEqual(50);
    expect(lookedAt).toBeLessThanOrEqual(50 + waitsOver);
  });

  test("changed by its owner ends their other sessions and is journalled", async () => {
    const method = "password" as const;
    const here = await startSession(org.system, { userId, method, userAgent: null });
    await startSession(org.system, { userId, method, userAgent: null });
    const actor = { kind: "user", id: userId, name: "Ada", email, role: "reviewer", via: "session" } as const;
    const ctx = { ...org.context(actor), sessionId: sha256(here) };
    const next = "quiet lantern meridian";
    await expect(changePassword(ctx, { current: "wrong", next })).rejects.toMatchObject({
      code: "wrong_password",
    });
    await expect(changePassword(ctx, { current: password, next: "short" })).rejects.toMatchObject({
      errors: [{ pointer: "/next" }],
    });
    expect(await changePassword(ctx, { current: password, next })).toEqual({ ended: 1 });
    expect((await listSessions(ctx)).map(({ id }) => id)).toEqual([sha256(here)]);
    expect(await signIn(next)).toEqual({ userId });
    expect(await journalOf(org.admin, userId)).toContain(`user:${userId} member.password_changed`);
  });
});

describe("sessions", () => {
  beforeEach(aMember);

  test("begin and end in the journal, with a new id each time", async () => {
    const input = { userId, method: "password" as const, userAgent: "x".repeat(2000) };
    const sids = [await startSession(org.system, input), await startSession(org.system, input)];
    expect(new Set(sids).size).toBe(2);
    expect(Buffer.from(sids[0] ?? "", "base64url")).toHaveLength(32);
    const actor = { kind: "user", id: userId, name: "Ada", email, role: "reviewer", via: "session" } as const;
    const ctx = org.context(actor);
    expect(await endSession(ctx, { sessionId: sha256(sids[0] ?? "") })).toEqual({ ended: 1 });
    expect(await endSession(ctx, { sessionId: sha256(sids[0] ?? "") })).toEqual({ ended: 0 });
    expect(await journalOf(org.admin, userId)).toEqual([
      "system:test member.joined",
      `user:${userId} session.started`,
      `user:${userId} session.started`,
      `user:${userId} session.ended`,
    ]);
  });

  test("of somebody else cannot be ended", async () => {
    const sid = await startSession(org.system, { userId, method: "password", userAgent: null });
    expect(await endSession(org.admin, { sessionId: sha256(sid) })).toEqual({ ended: 0 });
    expect(await endOtherSessions(org.admin, { sessionId: "none" })).toEqual({ ended: 0 });
    const [row] = await db
      .select()
      .from(sessions)
      .where(eq(sessions.sidHash, sha256(sid)));
    expect(row?.revokedAt).toBeNull();
  });

  test("are not begun for a person of another organisation or by a person", async () => {
    const other = await anOrg(db);
    const input = { userId, method: "password" as const, userAgent: null };
    await expect(startSession(other.system, input)).rejects.toMatchObject({ kind: "unauthenticated" });
    expect(() => startSession(org.admin, input)).toThrow(expect.objectContaining({ kind: "forbidden" }));
  });
});

describe("single sign-on", () => {
  beforeEach(aMember);
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

test("an organisation is made with its kill switch and an empty journal", async () => {
  const { id } = await createOrg(db, { name: "New" });
  const ctx = systemContext(db, id, "seed");
  const { id: member } = await createUser(ctx, { email: "a@b.test", name: "A", role: "admin", password });
  expect(await journalOf(ctx, member)).toEqual(["system:seed member.joined"]);
  const taken = createUser(ctx, { email: "A@B.test", name: "A", role: "admin", password });
  await expect(taken).rejects.toMatchObject({ kind: "conflict" });
  const [entries] = await db.select({ n: count() }).from(journal).where(eq(journal.orgId, id));
  expect(entries?.n).toBe(1);
});

test("people of one address who sign in are not slowed by each other; who guesses from there is", async () => {
  const address = "192.0.2.77";
  for (let at = 0; at < 70; at++) {
    expect(await countTry(db, `person-${at}@example.test`, address)).toBe(0);
    await forgetTries(db, `person-${at}@example.test`, address);
  }
  const waits: number[] = [];
  for (let at = 0; at < 60; at++) waits.push(await countTry(db, `guess-${at}@example.test`, address));
  expect(waits.slice(0, 45)).toEqual(Array.from({ length: 45 }, () => 0));
  expect(waits.at(-1)).toBeGreaterThan(0);
});
