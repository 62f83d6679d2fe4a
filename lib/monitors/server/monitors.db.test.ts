import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { preferencesOf } from "@/lib/notices/preferences";
import { setPreferences } from "@/lib/notices/server/set-preferences";
import { tellNews } from "@/lib/notices/server/tell-news";
import { bells, hearFromNow } from "@/lib/notices/server/testing-news";
import { looksToNoData, looksToRecover } from "../watch";
import { acknowledgeIncident } from "./acknowledge-incident";
import { archiveMonitor } from "./archive-monitor";
import { changeMonitor } from "./change-monitor";
import { getIncident } from "./get-incident";
import { countOpenIncidents, listIncidents } from "./list-incidents";
import { listMonitors } from "./list-monitors";
import { listMonitorSeries } from "./list-monitor-series";
import { lookAtMonitors } from "./look-at-monitors";
import { resolveIncident } from "./resolve-incident";
import { aMonitor, decisionsAgo, look, minutePasses } from "./testing-monitors";

const { db } = await testDatabase();
beforeAll(() => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
});

const six = Array.from({ length: 6 }, () => ({ ago: "10 minutes" }));

async function aDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await hearFromNow(org);
  return { org, app: desk.app, type: desk.type };
}
type Desk = Awaited<ReturnType<typeof aDesk>>;

const incidentsOf = async ({ org }: Desk) => (await listIncidents(org.admin, { limit: 50 })).data;
const told = async ({ org }: Desk, kind: string) => {
  await tellNews(org.system);
  return (await bells(org)).filter((line) => line.kind === kind && line.userId === org.reviewer.actor.id);
};

describe("a look", () => {
  test("opens one incident, tells everybody once, and says what stood where", async () => {
    const desk = await aDesk();
    const monitor = await aMonitor(desk.org);
    await decisionsAgo(db, desk, six);
    expect(await look(db, desk.org, 3)).toEqual([1, 1, 1]);
    const [incident, ...more] = await incidentsOf(desk);
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      title: "Too much",
      status: "open",
      severity: "alert",
      cause: "monitor",
    });
    expect(await countOpenIncidents(desk.org.reviewer)).toBe(1);
    const [line, ...others] = await told(desk, "incident");
    expect(others).toEqual([]);
    expect(line).toMatchObject({ title: "Alert: Too much", href: `/alerts/incidents/${incident?.id}` });
    expect(line?.body).toContain("6, at or above 5, over 1 h");
    expect((await listMonitors(desk.org.auditor, { limit: 10 })).data).toMatchObject([
      { id: monitor.id, state: "alert", value: 6, open_incident: incident?.id },
    ]);
  });

  test("of two workers at once, one looks, and people are told once", async () => {
    const desk = await aDesk();
    await aMonitor(desk.org);
    await decisionsAgo(db, desk, six);
    const looked = await Promise.all(Array.from({ length: 4 }, () => lookAtMonitors(desk.org.system)));
    expect(looked.reduce((sum, count) => sum + count, 0)).toBe(1);
    for (let round = 0; round < 3; round++) {
      await minutePasses(db, desk.org);
      await Promise.all([lookAtMonitors(desk.org.system), lookAtMonitors(desk.org.system)]);
    }
    await Promise.all([tellNews(desk.org.system), tellNews(desk.org.system)]);
    expect(await incidentsOf(desk)).toHaveLength(1);
    expect(await told(desk, "incident")).toHaveLength(1);
  });

  test("finds nothing to look at before its minute, or where it is switched off", async () => {
    const desk = await aDesk();
    await aMonitor(desk.org);
    await aMonitor(desk.org, { enabled: false });
    expect(await lookAtMonitors(desk.org.system)).toBe(1);
    expect(await lookAtMonitors(desk.org.system)).toBe(0);
  });

  test("that can compute nothing says no data, and opens nothing", async () => {
    const desk = await aDesk();
    await aMonitor(desk.org, { metric: "override_rate", alert_at: 0.1 });
    await look(db, desk.org, looksToNoData);
    expect((await listMonitors(desk.org.admin, { limit: 1 })).data).toMatchObject([
      { state: "no_data", value: null },
    ]);
    expect(await incidentsOf(desk)).toEqual([]);
  });
});

describe("an incident", () => {
  test("is over by itself after steady looks; coming back within the cooldown it is the same one, untold", async () => {
    const desk = await aDesk();
    const monitor = await aMonitor(desk.org, { window_minutes: 5 });
    await decisionsAgo(
      db,
      desk,
      six.map(() => ({ ago: "1 minute" })),
    );
    await look(db, desk.org);
    const [first] = await incidentsOf(desk);
    const silent = { metric: "execution_unknowns" as const };
    await db.update(schema.monitors).set(silent).where(eq(schema.monitors.id, monitor.id));
    await look(db, desk.org, looksToRecover + 1);
    expect(await incidentsOf(desk)).toMatchObject([{ id: first?.id, status: "resolved" }]);
    expect(await told(desk, "monitor")).toMatchObject([{ title: "Well again: Too much" }]);
    await db.update(schema.monitors).set({ metric: "volume" }).where(eq(schema.monitors.id, monitor.id));
    await look(db, desk.org);
    expect(await incidentsOf(desk)).toMatchObject([{ id: first?.id, status: "open" }]);
    expect(await told(desk, "incident")).toHaveLength(1);
    const { timeline } = await getIncident(desk.org.reviewer, { incident: first?.id ?? "" });
    expect(timeline.map(({ did }) => did)).toEqual(["opened", "over", "again"]);
  });

  test("is acknowledged and resolved by a person with a note, once, and no auditor does it", async () => {
    const desk = await aDesk();
    await aMonitor(desk.org);
    await decisionsAgo(db, desk, six);
    await look(db, desk.org);
    const [{ id } = { id: "" }] = await incidentsOf(desk);
    const mine = { incident: id, note: "" };
    await expect(acknowledgeIncident(desk.org.auditor, mine)).rejects.toMatchObject({ code: "forbidden" });
    const both = await Promise.allSettled([
      acknowledgeIncident(desk.org.reviewer, mine),
      acknowledgeIncident(desk.org.admin, mine),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countOpenIncidents(desk.org.reviewer)).toBe(0);
    const ended = await resolveIncident(desk.org.reviewer, { incident: id, note: "A load test" });
    expect(ended).toMatchObject({ status: "resolved", note: "A load test" });
    await expect(resolveIncident(desk.org.admin, { incident: id, note: "x" })).rejects.toMatchObject({
      kind: "conflict",
    });
    // Still beyond its threshold: nobody hears of it again before it was well.
    await look(db, desk.org, 2);
    expect(await incidentsOf(desk)).toHaveLength(1);
  });

  test("names what was changed before, the versions at work, the decisions of its time and who was told", async () => {
    const desk = await aDesk();
    await db
      .update(schema.autonomies)
      .set({ version: 2, updatedBy: "user:x" })
      .where(eq(schema.autonomies.typeId, desk.type));
    await aMonitor(desk.org, { app: desk.app });
    await decisionsAgo(db, desk, six);
    await look(db, desk.org);
    await tellNews(desk.org.system);
    const [{ id } = { id: "" }] = await incidentsOf(desk);
    const found = await getIncident(desk.org.reviewer, { incident: id });
    expect(found.changes).toMatchObject([{ what: "Autonomy set", name: "Refund desk, Issue a refund" }]);
    expect(found.versions).toMatchObject([{ model: "m-1", prompt_version: "v1", decisions: 6 }]);
    expect(found.affected).toMatchObject({ count: 6, is_more: false });
    expect(found.affected.href).toContain("/decisions?app=refund-desk");
    expect(found.figure).toMatchObject({ metric: "volume", value: 6, alert_at: 5 });
    expect(found.told.filter(({ kind }) => kind === "bell")).toHaveLength(3);
  });

  test("of another organisation is not there", async () => {
    const desk = await aDesk();
    await aMonitor(desk.org);
    await decisionsAgo(db, desk, six);
    await look(db, desk.org);
    const [{ id } = { id: "" }] = await incidentsOf(desk);
    const stranger = await anOrg(db);
    await expect(getIncident(stranger.admin, { incident: id })).rejects.toMatchObject({ kind: "not_found" });
    expect(await listMonitors(stranger.admin, { limit: 10 })).toMatchObject({ data: [] });
  });
});

describe("a monitor", () => {
  test("is an admin's to write, by the version that was read", async () => {
    const desk = await aDesk();
    const { id, version } = await aMonitor(desk.org, { app: desk.app });
    await expect(aMonitor({ ...desk.org, admin: desk.org.reviewer })).rejects.toMatchObject({
      code: "forbidden",
    });
    const view = (await listMonitors(desk.org.admin, { limit: 1 })).data[0];
    const draft = {
      name: "Less",
      metric: "volume",
      app: null,
      type: null,
      window_minutes: 15,
      comparator: "below",
      warn_at: 3,
      alert_at: 1,
      min_n: 1,
      for_looks: 3,
      cooldown_minutes: 0,
      hysteresis: 0,
      channels: [],
      webhook_url: null,
      enabled: true,
      version,
    } as const;
    expect(view?.app?.id).toBe(desk.app);
    const changed = await changeMonitor(desk.org.admin, { monitor: id, draft: { ...draft, channels: [] } });
    expect(changed).toMatchObject({ name: "Less", app: null, comparator: "below", version: version + 1 });
    await expect(
      changeMonitor(desk.org.admin, { monitor: id, draft: { ...draft, channels: [] } }),
    ).rejects.toMatchObject({
      code: "stale_version",
    });
  });

  test("takes its incident with it when it is archived", async () => {
    const desk = await aDesk();
    const { id } = await aMonitor(desk.org);
    await decisionsAgo(db, desk, six);
    await look(db, desk.org);
    await archiveMonitor(desk.org.admin, { monitor: id });
    expect(await incidentsOf(desk)).toMatchObject([
      { status: "resolved", note: "The monitor was archived." },
    ]);
    expect((await listMonitors(desk.org.admin, { limit: 10 })).data).toEqual([]);
    expect(await look(db, desk.org)).toEqual([0]);
  });

  test("shows its figure over time, each point its own window's", async () => {
    const desk = await aDesk();
    const { id } = await aMonitor(desk.org);
    await decisionsAgo(db, desk, six);
    const { data } = await listMonitorSeries({ ...desk.org.reviewer, now: new Date() }, { monitor: id });
    expect(data).toHaveLength(24);
    expect(data.at(-1)).toMatchObject({ value: 6 });
    expect(data[0]).toMatchObject({ value: 0 });
  });
});

test("an alert is mailed in quiet hours, a warning waits for their end", async () => {
  process.env.COUNTERSIGN_SMTP_URL = "smtp://127.0.0.1:9?tls=none";
  process.env.COUNTERSIGN_SMTP_FROM = "desk@example.test";
  try {
    const desk = await aDesk();
    await setPreferences(desk.org.reviewer, {
      ...preferencesOf({}),
      quiet: { from: "00:00", to: "23:59" },
    });
    await aMonitor(desk.org, { warn_at: 2, alert_at: 50 });
    await aMonitor(desk.org, { name: "Far too much", channels: [] });
    await aMonitor(desk.org, { name: "Much too much" });
    await decisionsAgo(db, desk, six);
    await look(db, desk.org);
    await tellNews(desk.org.system);
    const mails = await db
      .select()
      .from(schema.notificationDeliveries)
      .where(eq(schema.notificationDeliveries.userId, desk.org.reviewer.actor.id));
    // An alert waits for those that come with it, and for no longer.
    const waits = (mail: (typeof mails)[number]) => mail.notBefore.getTime() > Date.now() + 15_000;
    const isMinuteBetween = new Date().getUTCHours() === 23 && new Date().getUTCMinutes() === 59;
    const waiting = (title: string) => mails.filter(({ content }) => content["title"] === title).map(waits);
    expect(mails).toHaveLength(2);
    expect(waiting("Alert: Much too much")).toEqual([false]);
    expect(waiting("Warning: Too much")).toEqual([!isMinuteBetween]);
  } finally {
    delete process.env.COUNTERSIGN_SMTP_URL;
    delete process.env.COUNTERSIGN_SMTP_FROM;
  }
});
