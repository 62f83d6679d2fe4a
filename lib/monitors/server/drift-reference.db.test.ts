import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { aContract } from "@/lib/autonomy/server/testing-contracts";
import { newId } from "@/lib/kernel/ids";
import { seededRandom } from "@/lib/stats/seeded-random";
import { checkDrift } from "./check-drift";
import { compareDrift } from "./compare-drift";
import { listDriftChecks } from "./list-drift-checks";
import { listDriftReferences } from "./list-drift-references";
import { setDriftReference } from "./set-drift-reference";
import { decisionsAgo } from "./testing-monitors";

const { db } = await testDatabase();
const random = seededRandom(11);
const dayMs = 86_400_000;
const dayAgo = (days: number) => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
const midnight = (days: number) => `${dayAgo(days)}T00:00:00.000Z`;

async function aDesk() {
  const org = await anOrg(db);
  const { app, type } = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, auditRate: 0.1 },
  });
  return { org, app, type };
}
type Desk = Awaited<ReturnType<typeof aDesk>>;

const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Decisions of a UTC day with confidences around `mean`. */
function aDay(desk: Desk, days: number, mean = 0.7, count = 200) {
  const noon = Date.parse(midnight(days)) + dayMs / 2;
  const rows = Array.from({ length: count }, () => ({
    ago: `${Math.round((Date.now() - noon) / 1000 + (random() - 0.5) * 80_000)} seconds`,
    confidence: Math.min(1, Math.max(0, mean + 0.08 * normal())),
  }));
  return decisionsAgo(db, desk, rows);
}

const referenceOf = async ({ org, app }: Desk) => {
  const [only] = (await listDriftReferences(org.auditor, { app, limit: 5 })).data;
  return only;
};
const statesOf = async ({ org }: Desk) =>
  (await listDriftChecks(org.auditor, { limit: 100, feature: "confidence" })).data
    .toReversed()
    .map(({ state }) => state);

/** 28 usual days, then 45 on each of which confidence is a little lower than the day before. */
async function aSlowShift(desk: Desk) {
  for (let days = 73; days > 45; days--) await aDay(desk, days);
  for (let days = 45; days > 0; days--) await aDay(desk, days, 0.7 - 0.001 * (45 - days));
}
const looked = [45, 5, 4, 3, 2, 1];

test("a slow shift adds up against a reference that is pinned once 28 days exist, and one that moves along takes it for usual", async () => {
  const [pinned, trailing] = [await aDesk(), await aDesk()];
  for (const desk of [pinned, trailing]) await aSlowShift(desk);
  const { app, type } = trailing;
  await setDriftReference(trailing.org.admin, { app, type, mode: "trailing", window: null });
  for (const desk of [pinned, trailing]) {
    for (const days of looked) await compareDrift(desk.org.system, { day: dayAgo(days) });
  }
  const kept = await referenceOf(pinned);
  expect(kept).toMatchObject({ mode: "pinned", window: null, drift: true });
  expect(kept?.in_force).toEqual({ from: midnight(73), to: midnight(45), source: "pinned" });
  expect(await statesOf(pinned)).toEqual(["steady", "suspected", ...Array<string>(4).fill("confirmed")]);
  expect(await referenceOf(trailing)).toMatchObject({
    mode: "trailing",
    drift: false,
    in_force: { source: "days" },
  });
  expect(await statesOf(trailing)).not.toContain("confirmed");
  const journal = await db.select().from(schema.journal).where(eq(schema.journal.orgId, pinned.org.orgId));
  expect(journal.filter(({ action }) => action === "drift.reference_pinned")).toMatchObject([
    { actor: "system:drift" },
  ]);
});

test("nothing is pinned before 28 days exist, nor while a drift stands", async () => {
  const young = await aDesk();
  for (const days of [5, 4, 3, 2]) await aDay(young, days);
  await compareDrift(young.org.system, { day: dayAgo(2) });
  expect(await referenceOf(young)).toMatchObject({ in_force: { source: "days" } });
  const shifted = await aDesk();
  for (let days = 40; days > 3; days--) await aDay(shifted, days, 0.7, 100);
  for (const days of [3, 2, 1]) await aDay(shifted, days, 0.4);
  for (const days of [3, 2, 1]) await compareDrift(shifted.org.system, { day: dayAgo(days) });
  // The day before the shift was confirmed is what it is pinned to.
  expect(await referenceOf(shifted)).toMatchObject({
    drift: true,
    in_force: { source: "pinned", to: midnight(3) },
  });
});

test("the period that certified what runs alone is the reference from then on, and an admin's word goes before it", async () => {
  const of = await aContract(db, {
    level: "auto",
    threshold: 0.6,
    epoch: { startedAt: new Date(midnight(20)) },
  });
  const desk = { org: of.org, app: of.desk.app, type: of.desk.type };
  await db.insert(schema.contractChanges).values({
    id: newId("contractChange"),
    orgId: of.org.orgId,
    contractId: of.ids.contract,
    epochId: of.ids.epoch,
    kind: "promoted",
    why: "Certified.",
    actor: "user:test",
    createdAt: new Date(midnight(10)),
  });
  for (let days = 20; days > 1; days--) await aDay(desk, days, 0.7, 120);
  await compareDrift(of.org.system, { day: dayAgo(2) });
  expect((await referenceOf(desk))?.in_force).toEqual({
    from: midnight(20),
    to: midnight(10),
    source: "certified",
  });
  const pair = { app: desk.app, type: desk.type };
  const window = { from: midnight(9), to: midnight(5) };
  const set = await setDriftReference(of.org.admin, { ...pair, window });
  expect(set).toMatchObject({ mode: "pinned", window, in_force: { ...window, source: "declared" } });
  await setDriftReference(of.org.admin, { ...pair, mode: "trailing", window: null });
  expect(await referenceOf(desk)).toMatchObject({ mode: "trailing", in_force: { source: "days" } });
  await setDriftReference(of.org.admin, { ...pair, window: null });
  expect(await referenceOf(desk)).toMatchObject({ mode: "pinned", in_force: { source: "certified" } });
  await expect(setDriftReference(of.org.reviewer, { ...pair, window: null })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await listDriftReferences((await anOrg(db)).admin, { limit: 5 })).data).toEqual([]);
});

test("a large window is a sample in which every hour weighs what it holds, and says of how many it is", async () => {
  const desk = await aDesk();
  const row = (secondsAgo: number, channel: string) => ({ ago: `${secondsAgo} seconds`, channel });
  const since = (Date.now() - Date.parse(midnight(0))) / 1000;
  // One busy hour of mail in a quiet day of web: 21,000 of 23,000.
  const rows = [
    ...Array.from({ length: 21_000 }, () => row(since + 43_200 + 3600 * random(), "mail")),
    ...Array.from({ length: 2000 }, () => row(since + 60 + 86_000 * random(), "web")),
    ...Array.from({ length: 23_000 }, () =>
      row(since + 86_460 + 86_000 * random(), random() < 21 / 23 ? "mail" : "web"),
    ),
  ];
  await db
    .update(schema.decisionTypes)
    .set({ inputSchema: { type: "object", properties: { channel: { type: "string" } } } })
    .where(eq(schema.decisionTypes.id, desk.type));
  for (let from = 0; from < rows.length; from += 5000)
    await decisionsAgo(db, desk, rows.slice(from, from + 5000));
  await compareDrift(desk.org.system, { day: dayAgo(1) });
  const { data } = await listDriftChecks(desk.org.auditor, { limit: 5, feature: "/channel" });
  const [check] = data;
  expect(check).toMatchObject({ state: "steady", decisions: { reference: 23_000, current: 23_000 } });
  expect(check?.n_current).toBeGreaterThan(19_000);
  expect(check?.n_current).toBeLessThan(21_000);
  const mail = check?.shares.find(({ label }) => label === "mail");
  expect(mail?.current).toBeCloseTo(21 / 23, 1.8);
  expect(check?.psi).toBeLessThan(0.01);
  await expect(checkDrift(desk.org.reviewer, { app: desk.app, type: desk.type })).rejects.toMatchObject({
    code: "forbidden",
  });
});
