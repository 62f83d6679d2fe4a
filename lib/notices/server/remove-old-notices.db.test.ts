import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { firstIdOf, newId } from "@/lib/kernel/ids";
import { mostRemovedAtOnce, removeOldNotices } from "./remove-old-notices";
import { bells, deliveries } from "./testing-news";

const { db } = await testDatabase();
const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
let count = 0;
const unique = () => String((count += 1)).padStart(16, "0");
afterEach(() => void vi.unstubAllEnvs());

function aLine({ orgId, reviewer }: TestOrg, days: number) {
  const at = daysAgo(days);
  return {
    id: firstIdOf("notification", at.getTime()) + unique(),
    orgId,
    userId: reviewer.actor.id,
    kind: "mention",
    title: `${days} days old`,
    href: "/",
    dedupeKey: unique(),
    createdAt: at,
  };
}

function aMessage({ orgId, reviewer }: TestOrg, days: number, status: "pending" | "sent" | "failed") {
  const at = daysAgo(days);
  return {
    id: firstIdOf("delivery", at.getTime()) + unique(),
    orgId,
    userId: reviewer.actor.id,
    kind: "email" as const,
    notificationIds: [],
    content: {},
    status,
    createdAt: at,
  };
}

describe("what was told is kept for so long", () => {
  test("90 days unless said otherwise: older lines and messages go, newer ones stay, of this organisation", async () => {
    const [org, other] = [await anOrg(db), await anOrg(db)];
    await db.insert(schema.notifications).values([aLine(org, 91), aLine(org, 89), aLine(other, 200)]);
    await db
      .insert(schema.notificationDeliveries)
      .values([aMessage(org, 91, "sent"), aMessage(org, 91, "failed"), aMessage(org, 89, "sent")]);
    expect(await removeOldNotices(org.system)).toBe(3);
    expect((await bells(org)).map(({ title }) => title)).toEqual(["89 days old"]);
    expect(await deliveries(org)).toMatchObject([{ status: "sent" }]);
    expect(await bells(other)).toHaveLength(1);
    const entries = await db.select().from(schema.journal).where(eq(schema.journal.orgId, org.orgId));
    expect(entries.map(({ action }) => action)).toEqual(["notices.removed"]);
    expect(await removeOldNotices(org.system)).toBe(0);
  });

  test("for as many days as the environment says", async () => {
    const org = await anOrg(db);
    await db.insert(schema.notifications).values([aLine(org, 6), aLine(org, 8)]);
    vi.stubEnv("COUNTERSIGN_NOTICE_DAYS", "7");
    await removeOldNotices(org.system);
    expect((await bells(org)).map(({ title }) => title)).toEqual(["6 days old"]);
  });

  test("a message that is still to be sent stays, with the lines it carries", async () => {
    const org = await anOrg(db);
    const [carried, alone] = [aLine(org, 100), aLine(org, 100)];
    await db.insert(schema.notifications).values([carried, alone]);
    await db
      .insert(schema.notificationDeliveries)
      .values({ ...aMessage(org, 100, "pending"), notificationIds: [carried.id] });
    expect(await removeOldNotices(org.system)).toBe(1);
    expect((await bells(org)).map(({ id }) => id)).toEqual([carried.id]);
    expect(await deliveries(org)).toHaveLength(1);
  });

  test("in bounded steps: a thousand rows of a table at a time, until nothing is left", async () => {
    const org = await anOrg(db);
    const lines = Array.from({ length: mostRemovedAtOnce + 5 }, () => aLine(org, 100));
    await db.insert(schema.notifications).values(lines);
    expect(await removeOldNotices(org.system)).toBe(mostRemovedAtOnce);
    expect(await bells(org)).toHaveLength(5);
    expect(await removeOldNotices(org.system)).toBe(5);
  });

  test("links in mails that are over go too; one that still works, and other tokens, stay", async () => {
    const org = await anOrg(db);
    const purpose = `approve:${org.reviewer.actor.id}:${newId("review")}`;
    await db.insert(schema.oneTimeTokens).values([
      { purpose, tokenHash: unique(), expiresAt: daysAgo(100) },
      { purpose, tokenHash: "fresh", expiresAt: daysAgo(-1) },
      { purpose: `setup-${org.orgId}`, tokenHash: "else", expiresAt: daysAgo(100) },
    ]);
    expect(await removeOldNotices(org.system)).toBe(1);
    const left = await db.select().from(schema.oneTimeTokens);
    expect(left.map(({ tokenHash }) => tokenHash)).toEqual(expect.arrayContaining(["fresh", "else"]));
  });

  test("is the worker's alone", async () => {
    const org = await anOrg(db);
    await expect(removeOldNotices(org.admin)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
