import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { openSecret, sealSecret } from "@/lib/server/secrets";
import { openConnectorSecret, sealedPlace } from "./connector-secret";
import { rotateSecrets } from "./rotate-secrets";

const { db } = await testDatabase();
const aKey = () => randomBytes(32).toString("base64");
let old: string;
beforeEach(() => {
  old = aKey();
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", old);
});
afterEach(() => vi.unstubAllEnvs());

async function someConnectors(org: TestOrg, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId("connector"));
  const rows = ids.map((id) => ({
    id,
    orgId: org.orgId,
    key: id.toLowerCase(),
    name: "Billing",
    kind: "http" as const,
    class: "A" as const,
    config: { base_url: "https://example.test" },
    secret: sealSecret(`secret of ${id}`, sealedPlace(id, "secret")),
    callbackSecret: sealSecret(`callback of ${id}`, sealedPlace(id, "callback_secret")),
  }));
  await db.insert(schema.connectors).values(rows);
  return ids;
}

/** A new key seals from now on, and the one so far still opens. */
function useNewKey(): string {
  const key = aKey();
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", key);
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", old);
  return key;
}

test("a thousand secrets go under the new key while every read succeeds; then the old key is not needed", async () => {
  const org = await anOrg(db);
  const ids = await someConnectors(org, 1000);
  useNewKey();
  let reads = 0;
  const read = async () => {
    const id = ids[(reads * 23) % ids.length] ?? "";
    expect(await openConnectorSecret(org.system, id)).toBe(`secret of ${id}`);
    reads += 1;
  };
  const report = await rotateSecrets({ ...org.system, db: readingBeside(read) });
  expect(reads).toBeGreaterThanOrEqual(40);
  const [connectors, callbacks, ...others] = report;
  expect(connectors).toEqual({ column: "connectors.secret", rewrapped: 1000, current: 0, unreadable: [] });
  expect(callbacks).toMatchObject({ column: "connectors.callback_secret", rewrapped: 1000, current: 0 });
  expect(others.every(({ rewrapped, unreadable }) => rewrapped === 0 && unreadable.length === 0)).toBe(true);
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", "");
  const rows = await db.select().from(schema.connectors).where(eq(schema.connectors.orgId, org.orgId));
  for (const { id, secret, callbackSecret, version } of rows) {
    expect(openSecret(secret ?? "", sealedPlace(id, "secret"))).toBe(`secret of ${id}`);
    expect(openSecret(callbackSecret ?? "", sealedPlace(id, "callback_secret"))).toBe(`callback of ${id}`);
    // What was approved signs the version: a rotation must not make it lapse.
    expect(version).toBe(1);
  }
  const entries = await db.select().from(schema.journal).where(eq(schema.journal.action, "secrets.rotated"));
  expect(entries.length).toBeGreaterThanOrEqual(40);
  expect(JSON.stringify(entries)).not.toContain("secret of");
});

test("what broke off is gone on with, and a second run has nothing to do", async () => {
  const org = await anOrg(db);
  await someConnectors(org, 30);
  useNewKey();
  const failing = { ...org.system, db: brokenAfter(2) };
  await expect(rotateSecrets(failing, { batch: 10 })).rejects.toThrow("the connection is gone");
  const [first] = await rotateSecrets(org.system, { batch: 10 });
  expect(first).toMatchObject({ rewrapped: 10, current: 20 });
  const again = await rotateSecrets(org.system);
  expect(again.slice(0, 2).map(({ current }) => current)).toEqual([30, 30]);
  expect(again.every(({ rewrapped }) => rewrapped === 0)).toBe(true);
});

/** A database with which every transaction runs while `read` does. */
function readingBeside(read: () => Promise<void>): typeof db {
  const transaction: typeof db.transaction = async (work, config) => {
    const [answer] = await Promise.all([db.transaction(work, config), read()]);
    return answer;
  };
  return new Proxy(db, {
    get: (target, name, receiver) =>
      name === "transaction" ? transaction : Reflect.get(target, name, receiver),
  });
}

function brokenAfter(transactions: number): typeof db {
  let begun = 0;
  return new Proxy(db, {
    get(target, name, receiver) {
      if (name === "transaction" && begun++ >= transactions) throw new Error("the connection is gone");
      return Reflect.get(target, name, receiver);
    },
  });
}

test("a secret that no key opens is named and left, the others are done; another organisation's are not touched", async () => {
  const [org, other] = [await anOrg(db), await anOrg(db)];
  const [lost = ""] = await someConnectors(org, 3);
  const [theirs = ""] = await someConnectors(other, 1);
  const sealed = sealSecret("x", sealedPlace("another row", "secret"));
  await db.update(schema.connectors).set({ secret: sealed }).where(eq(schema.connectors.id, lost));
  const before = await db.select().from(schema.connectors).where(eq(schema.connectors.id, theirs));
  useNewKey();
  const [secrets] = await rotateSecrets(org.system);
  expect(secrets).toMatchObject({ rewrapped: 2, unreadable: [lost] });
  const [row] = await db.select().from(schema.connectors).where(eq(schema.connectors.id, lost));
  expect(row?.secret).toBe(sealed);
  expect(await db.select().from(schema.connectors).where(eq(schema.connectors.id, theirs))).toEqual(before);
});

test("a secret that is entered anew meanwhile stays", async () => {
  const org = await anOrg(db);
  const [id = ""] = await someConnectors(org, 1);
  useNewKey();
  const entered = sealSecret("entered anew", sealedPlace(id, "secret"));
  await Promise.all([
    rotateSecrets(org.system),
    db.update(schema.connectors).set({ secret: entered }).where(eq(schema.connectors.id, id)),
  ]);
  expect(await openConnectorSecret(org.system, id)).toBe("entered anew");
});

test("no person may rotate", async () => {
  const org = await anOrg(db);
  await expect(rotateSecrets(org.admin)).rejects.toMatchObject({ kind: "forbidden" });
});

test("a channel's secret is rotated in its own place", async () => {
  const org = await anOrg(db);
  const id = newId("channel");
  const place = { table: "notification_channels", column: "secret", rowId: id };
  const sealed = sealSecret("its address", place);
  const row = { id, orgId: org.orgId, kind: "slack" as const, name: "Desk", config: {}, createdBy: "test" };
  await db.insert(schema.notificationChannels).values({ ...row, secret: sealed });
  useNewKey();
  const report = await rotateSecrets(org.system);
  expect(report).toContainEqual(
    expect.objectContaining({ column: "notification_channels.secret", rewrapped: 1 }),
  );
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", "");
  const [now] = await db
    .select()
    .from(schema.notificationChannels)
    .where(eq(schema.notificationChannels.id, id));
  expect(openSecret(now?.secret ?? "", place)).toBe("its address");
});

test("every column that holds a sealed secret is rotated", async () => {
  const org = await anOrg(db);
  const rotated = (await rotateSecrets(org.system)).map(({ column }) => column);
  const { rows } = (await db.execute(
    sql`select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and column_name ~ 'secret$' order by 1`,
  )) as unknown as { rows: { name: string }[] };
  expect(rows.map(({ name }) => name)).toEqual(rotated.toSorted());
});

test("a moderation model's key is rotated in its own place", async () => {
  const org = await anOrg(db);
  const id = newId("moderationAgent");
  const place = { table: "moderation_agents", column: "secret", rowId: id };
  const row = { id, orgId: org.orgId, key: "model", kind: "model" as const, name: "Model", config: {} };
  const secret = sealSecret("its key", place);
  await db.insert(schema.moderationAgents).values({ ...row, secret, updatedBy: "test" });
  useNewKey();
  const report = await rotateSecrets(org.system);
  expect(report).toContainEqual(
    expect.objectContaining({ column: "moderation_agents.secret", rewrapped: 1 }),
  );
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY_PREVIOUS", "");
  const [now] = await db.select().from(schema.moderationAgents).where(eq(schema.moderationAgents.id, id));
  expect(openSecret(now?.secret ?? "", place)).toBe("its key");
});
