import { count, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { journal, sessions, signInTries, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { changePassword } from "./change-password";
import { createOrg } from "./create-org";
import { createUser } from "./create-user";
import { endOtherSessions, endSession } from "./end-session";
import { listSessions } from "./list-sessions";
import { sha256 } from "./secret";
import { signInWithPassword } from "./sign-in-with-password";
import { startSession } from "./start-session";
import { systemContext } from "./system-context";
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
