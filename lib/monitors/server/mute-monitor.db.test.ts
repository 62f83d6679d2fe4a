import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { tellNews } from "@/lib/notices/server/tell-news";
import { bells, deliveries, hearFromNow } from "@/lib/notices/server/testing-news";
import { looksToRecover } from "../watch";
import { getIncident } from "./get-incident";
import { listIncidents } from "./list-incidents";
import { listMonitors } from "./list-monitors";
import { muteMonitor } from "./mute-monitor";
import { aMonitor, decisionsAgo, look } from "./testing-monitors";

const { db } = await testDatabase();
beforeAll(() => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
});

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const six = Array.from({ length: 6 }, () => ({ ago: "10 minutes" }));

/** A monitor that is muted, and in alert after the next look. */
async function aMutedMonitor() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await hearFromNow(org);
  const monitor = await aMonitor(org, { webhook_url: "https://hooks.example/x" });
  await muteMonitor(org.admin, { monitor: monitor.id, until: inHours(1), reason: "a load test" });
  await decisionsAgo(db, { org, app: desk.app, type: desk.type }, six);
  const told = async () => {
    await tellNews(org.system);
    const lines = await bells(org);
    return lines.filter(({ userId }) => userId === org.reviewer.actor.id).map(({ title }) => title);
  };
  const incidents = async () => (await listIncidents(org.admin, { limit: 5 })).data;
  const timeIsUp = () =>
    db
      .update(schema.monitors)
      .set({ mutedUntil: sql`now() - interval '1 second'` })
      .where(eq(schema.monitors.id, monitor.id));
  return { org, monitor, told, incidents, timeIsUp };
}

test("a muted monitor opens its incident and tells nobody; what is not over when the time is up is told then, once", async () => {
  const { org, told, incidents, timeIsUp } = await aMutedMonitor();
  await look(db, org, 2);
  expect(await incidents()).toMatchObject([{ status: "open" }]);
  expect([await told(), await deliveries(org)]).toEqual([[], []]);
  expect((await listMonitors(org.reviewer, { limit: 5 })).data).toMatchObject([
    { state: "alert", muted_until: expect.any(String) as string },
  ]);
  await timeIsUp();
  await look(db, org, 2);
  expect(await told()).toEqual(["Alert: Too much"]);
  expect(await deliveries(org)).toMatchObject([{ kind: "webhook" }]);
  const [incident] = await incidents();
  const detail = await getIncident(org.reviewer, { incident: incident?.id ?? "" });
  expect(detail.told.find(({ kind }) => kind === "webhook")).toMatchObject({
    attempts: 0,
    status: "pending",
  });
  expect((await listMonitors(org.reviewer, { limit: 5 })).data).toMatchObject([{ muted_until: null }]);
});

test("what began and ended in the silence is listed and told to nobody", async () => {
  const { org, told, incidents, timeIsUp } = await aMutedMonitor();
  await look(db, org);
  await db
    .update(schema.decisions)
    .set({ createdAt: sql`now() - interval '3 hours'` })
    .where(eq(schema.decisions.orgId, org.orgId));
  await look(db, org, looksToRecover + 1);
  await timeIsUp();
  await look(db, org, 2);
  expect(await incidents()).toMatchObject([{ status: "resolved" }]);
  expect([await told(), await deliveries(org)]).toEqual([[], []]);
});

test("unmuting tells at the next look; it takes an admin, and a time that is to come and near", async () => {
  const { org, monitor, told } = await aMutedMonitor();
  await look(db, org);
  const mute = (until: string | null, who = org.admin) =>
    muteMonitor(who, { monitor: monitor.id, until, reason: "" });
  await expect(mute(null, org.reviewer as typeof org.admin)).rejects.toMatchObject({ code: "forbidden" });
  for (const until of [inHours(-1), inHours(31 * 24)])
    await expect(mute(until)).rejects.toMatchObject({ code: "validation_failed" });
  const stranger = (await anOrg(db)).admin;
  await expect(mute(null, stranger)).rejects.toMatchObject({ kind: "not_found" });
  expect(await mute(null)).toMatchObject({ muted_until: null });
  await look(db, org);
  expect(await told()).toEqual(["Alert: Too much"]);
  const journal = await db.select().from(schema.journal).where(eq(schema.journal.subject, monitor.id));
  expect(journal.map(({ action }) => action)).toEqual([
    "monitor.created",
    "monitor.muted",
    "monitor.unmuted",
    "monitor.mute_ended",
  ]);
});
