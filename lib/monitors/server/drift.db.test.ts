import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { aContract } from "@/lib/autonomy/server/testing-contracts";
import { isDriftConfirmed } from "@/lib/autonomy/server/is-drift-confirmed";
import { lowerAudits } from "@/lib/autonomy/server/lower-audits";
import { raiseAudits } from "@/lib/autonomy/server/raise-audits";
import { newId } from "@/lib/kernel/ids";
import { seededRandom } from "@/lib/stats/seeded-random";
import { checkDrift } from "./check-drift";
import { compareDrift } from "./compare-drift";
import { listDriftChecks } from "./list-drift-checks";
import { listIncidents } from "./list-incidents";
import { openSystemIncidents } from "./open-system-incidents";
import { setDriftReference } from "./set-drift-reference";
import { decisionsAgo } from "./testing-monitors";

const { db } = await testDatabase();
const random = seededRandom(3);
const dayMs = 86_400_000;
const dayAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

beforeAll(() => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
});

const schemaOfInput = {
  type: "object",
  required: ["message"],
  properties: { message: { type: "string" }, channel: { type: "string" } },
};

/** An app that runs alone, with an audit rate of 10 % that a person set. */
async function aDesk() {
  const org = await anOrg(db);
  const { app, type } = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, auditRate: 0.1 },
  });
  await db
    .update(schema.decisionTypes)
    .set({ inputSchema: schemaOfInput })
    .where(eq(schema.decisionTypes.id, type));
  const rate = async () => {
    const [row] = await db.select().from(schema.autonomies).where(eq(schema.autonomies.typeId, type));
    return row?.auditRate;
  };
  return { org, app, type, rate };
}
type Desk = Awaited<ReturnType<typeof aDesk>>;
type Kind = "usual" | "shifted";

/** Decisions spread over a UTC day that is so many days ago. */
function aDay(desk: Desk, days: number, kind: Kind = "usual", count = 200) {
  const noon = Date.parse(`${dayAgo(days)}T12:00:00Z`);
  const rows = Array.from({ length: count }, () => ({
    ago: `${Math.round((Date.now() - noon) / 1000 + (random() - 0.5) * 80_000)} seconds`,
    confidence: kind === "usual" ? 0.5 + random() / 2 : 0.2 + random() / 2,
    channel: kind === "usual" ? (random() < 0.5 ? "web" : "mail") : random() < 0.8 ? "fax" : "web",
  }));
  return decisionsAgo(db, desk, rows);
}

const stateOf = async ({ org }: Desk, feature: string, day: string) =>
  (await listDriftChecks(org.auditor, { limit: 100, feature, from: day, to: day })).data[0];

async function aShift() {
  const desk = await aDesk();
  for (const days of [8, 7, 6, 5]) await aDay(desk, days);
  await aDay(desk, 4, "shifted");
  await aDay(desk, 3, "shifted");
  return desk;
}

describe("a day's comparison", () => {
  test("suspects at first, confirms with the next window, and names new categories", async () => {
    const desk = await aShift();
    expect(await compareDrift(desk.org.system, { day: dayAgo(5) })).toBeGreaterThan(0);
    expect(await stateOf(desk, "confidence", dayAgo(5))).toMatchObject({ state: "steady" });
    await compareDrift(desk.org.system, { day: dayAgo(4) });
    expect(await stateOf(desk, "/channel", dayAgo(4))).toMatchObject({
      state: "suspected",
      test: "chi_square",
      new_categories: ["fax"],
      n_current: 200,
      reference: { source: "days" },
    });
    expect(await desk.rate()).toBe(0.1);
    await compareDrift(desk.org.system, { day: dayAgo(3) });
    expect(await stateOf(desk, "confidence", dayAgo(3))).toMatchObject({ state: "confirmed", test: "ks" });
    expect(await stateOf(desk, "/message", dayAgo(3))).toMatchObject({ state: "steady" });
  });

  test("names what customers wrote as whoever reads it may see it", async () => {
    const desk = await aShift();
    for (const days of [5, 4]) await compareDrift(desk.org.system, { day: dayAgo(days) });
    const words = sql`jsonb_set(detail, '{new_categories}', '["ana.lopez@example.com"]')`;
    await db
      .update(schema.driftChecks)
      .set({ detail: words })
      .where(eq(schema.driftChecks.method, "chi_square"));
    await db.insert(schema.moderationAgents).values({
      id: newId("moderationAgent"),
      orgId: desk.org.orgId,
      key: "pii",
      kind: "pii",
      name: "Personal data",
      config: {},
      updatedBy: "user:test",
    });
    const seenBy = async (who: typeof desk.org.auditor) =>
      JSON.stringify(await listDriftChecks(who, { limit: 100, feature: "/channel" }));
    expect(await seenBy(desk.org.reviewer)).toContain("ana.lopez");
    expect(await seenBy(desk.org.admin)).not.toContain("ana.lopez");
  });

  test("is made once a day, however many workers try", async () => {
    const desk = await aShift();
    const made = await Promise.all(
      Array.from({ length: 3 }, () => compareDrift(desk.org.system, { day: dayAgo(5) })),
    );
    expect(made.filter((count) => count > 0)).toHaveLength(1);
    expect(await compareDrift(desk.org.system, { day: dayAgo(5) })).toBe(0);
  });

  test("of too few decisions is not made", async () => {
    const desk = await aDesk();
    await aDay(desk, 6);
    await aDay(desk, 5, "shifted", 50);
    const weekly = new Date(`${dayAgo(5)}T00:00:00Z`).getUTCDay() === 0;
    const made = await compareDrift(desk.org.system, { day: dayAgo(5) });
    expect(weekly || made === 0).toBe(true);
  });
});

describe("a confirmed drift", () => {
  test("doubles audits once and opens an incident once", async () => {
    const desk = await aShift();
    for (const days of [5, 4, 3]) await compareDrift(desk.org.system, { day: dayAgo(days) });
    expect(await desk.rate()).toBe(0.2);
    await openSystemIncidents(desk.org.system);
    await openSystemIncidents(desk.org.system);
    const { data } = await listIncidents(desk.org.reviewer, { limit: 10 });
    expect(data).toMatchObject([
      { cause: "drift", severity: "warning", title: "Drift is confirmed: Refund desk: Issue a refund" },
    ]);
    const entries = await db
      .select()
      .from(schema.journal)
      .where(
        and(eq(schema.journal.orgId, desk.org.orgId), eq(schema.journal.action, "autonomy.audits_raised")),
      );
    expect(entries).toMatchObject([{ actor: "system:drift" }]);
    // Confirmed again a day later: it is doubled already.
    await aDay(desk, 2, "shifted");
    await compareDrift(desk.org.system, { day: dayAgo(2) });
    expect(await desk.rate()).toBe(0.2);
  });

  test("is over after three steady windows, and the rate is again what a person had set", async () => {
    const desk = await aDesk();
    for (const days of [12, 11, 10, 9, 6, 5, 4]) await aDay(desk, days);
    for (const days of [8, 7]) await aDay(desk, days, "shifted");
    const window = { from: `${dayAgo(12)}T00:00:00Z`, to: `${dayAgo(8)}T00:00:00Z` };
    await setDriftReference(desk.org.admin, { app: desk.app, type: desk.type, window });
    const rates: (number | undefined)[] = [];
    for (const days of [8, 7, 6, 5, 4]) {
      await compareDrift(desk.org.system, { day: dayAgo(days) });
      rates.push(await desk.rate());
    }
    expect(rates).toEqual([0.1, 0.2, 0.2, 0.2, 0.1]);
  });

  test("is over when a person says that this is how things are", async () => {
    const desk = await aShift();
    for (const days of [5, 4, 3]) await compareDrift(desk.org.system, { day: dayAgo(days) });
    const pair = { appId: desk.app, typeId: desk.type };
    expect(await isDriftConfirmed(desk.org.system, pair)).toBe(true);
    const window = { from: `${dayAgo(4)}T00:00:00Z`, to: `${dayAgo(2)}T00:00:00Z` };
    const input = { app: desk.app, type: desk.type, window };
    await expect(setDriftReference(desk.org.auditor, input)).rejects.toMatchObject({ code: "forbidden" });
    await setDriftReference(desk.org.admin, input);
    expect(await isDriftConfirmed(desk.org.system, pair)).toBe(false);
    expect(await desk.rate()).toBe(0.1);
    await aDay(desk, 1, "shifted");
    await compareDrift(desk.org.system, { day: dayAgo(1) });
    expect(await stateOf(desk, "/channel", dayAgo(1))).toMatchObject({
      state: "steady",
      reference: { source: "declared" },
    });
  });

  test("a rate that somebody set meanwhile stays theirs", async () => {
    const desk = await aDesk();
    const pair = { appId: desk.app, typeId: desk.type };
    expect(await raiseAudits(desk.org.system, { ...pair, why: "Drift:" })).toBe(1);
    expect(await raiseAudits(desk.org.system, { ...pair, why: "Drift:" })).toBe(0);
    await db
      .update(schema.autonomies)
      .set({ auditRate: 0.5, version: 9 })
      .where(eq(schema.autonomies.typeId, desk.type));
    expect(await lowerAudits(desk.org.system, pair)).toBe(false);
    expect(await desk.rate()).toBe(0.5);
  });

  test("doubles a contract's audits up to all, with its deployment and its history", async () => {
    const deployments = [{ after: "dec_00", day: dayAgo(3), threshold: 0.6, auditRate: 0.3 }];
    const of = await aContract(db, { level: "auto", threshold: 0.6, auditRate: 0.3, epoch: { deployments } });
    const pair = { appId: of.desk.app, typeId: of.desk.type };
    await expect(raiseAudits(of.org.admin, { ...pair, why: "x" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await raiseAudits(of.org.system, { ...pair, why: "Two windows differ:" });
    expect(await of.contract()).toMatchObject({ auditRate: 0.6, level: "auto", threshold: 0.6 });
    expect((await of.epoch()).deployments.map(({ auditRate }) => auditRate)).toEqual([0.3, 0.6]);
    expect(await of.changes()).toMatchObject([{ kind: "audit_rate" }]);
    await raiseAudits(of.org.system, { ...pair, why: "Two windows differ:" });
    await raiseAudits(of.org.system, { ...pair, why: "Two windows differ:" });
    expect(await of.contract()).toMatchObject({ auditRate: 1 });
  });
});

test("today is compared on request, by an admin, and judged with the others of the day", async () => {
  const desk = await aDesk();
  for (const days of [3, 2, 1]) await aDay(desk, days);
  const recent = Math.min(3600, (Date.now() % dayMs) / 1000);
  await decisionsAgo(
    db,
    desk,
    Array.from({ length: 150 }, () => ({
      ago: `${Math.floor(random() * recent)} seconds`,
      confidence: 0.1 + random() / 5,
    })),
  );
  const input = { app: desk.app, type: desk.type };
  await expect(checkDrift(desk.org.reviewer, input)).rejects.toMatchObject({ code: "forbidden" });
  const { data } = await checkDrift(desk.org.admin, input);
  expect(data.find(({ feature }) => feature === "confidence")).toMatchObject({
    state: "suspected",
    day: dayAgo(0),
  });
  const again = await checkDrift(desk.org.admin, input);
  expect(again.data).toHaveLength(data.length);
  expect(await listDriftChecks((await anOrg(db)).admin, { limit: 10 })).toMatchObject({ data: [] });
});
