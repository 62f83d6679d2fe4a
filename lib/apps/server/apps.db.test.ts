import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { appsEndpoints } from "../endpoints";
import { ListFilter } from "../inputs";
import { createApp } from "./create-app";
import { getApp } from "./get-app";
import { listApps } from "./list-apps";
import { listActiveStops, listStops } from "./list-stops";
import { anApp } from "./testing-inputs";
import { trailOf } from "./testing-trail";
import { updateApp } from "./update-app";

const { db } = await testDatabase();
const org = await anOrg(db);
const page = ListFilter.parse({});

test("an app is made with its kill switch, off, and is in the journal", async () => {
  const owner = org.admin.actor.kind === "user" ? org.admin.actor.id : "";
  const app = await createApp(org.admin, anApp({ owner_id: owner }));
  expect(app).toMatchObject({ paused: false, stop: null, decisions_24h: 0, owner_id: owner });
  expect(app.owner_name).toMatch(/^admin /);
  const stops = await listStops(org.auditor, { limit: 100 });
  expect(stops.data).toContainEqual(expect.objectContaining({ scope_id: app.id, active: false }));
  expect(await trailOf(db, app.id)).toMatchObject({
    journal: [{ action: "app.created", data: { key: app.key } }],
  });
});

test("of two people making the same key one is told that it is taken", async () => {
  const input = anApp();
  const both = await Promise.allSettled([createApp(org.admin, input), createApp(org.admin, input)]);
  expect(both.map((each) => each.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({ reason: { code: "key_taken" } });
});

test("an owner who is no member is refused", async () => {
  const stranger = await anOrg(db);
  const input = anApp({ owner_id: stranger.admin.actor.kind === "user" ? stranger.admin.actor.id : "" });
  await expect(createApp(org.admin, input)).rejects.toMatchObject({ errors: [{ pointer: "/owner_id" }] });
});

test("an app is found by id or key, and shows its levels and the last day's volume", async () => {
  const desk = await aRefundDesk(db, org, { autonomy: { level: "auto", threshold: 0.9 } });
  await aDecision(db, org, desk);
  await aDecision(db, org, desk, { createdAt: new Date(Date.now() - 2 * 86_400_000) });
  const app = await getApp(org.reviewer, { app: desk.app });
  expect(app.autonomies).toEqual([
    { type: desk.typeKey, type_name: "Issue a refund", level: "auto", threshold: 0.9 },
  ]);
  expect(app.decisions_24h).toBe(1);
  expect((await getApp(org.reviewer, { app: app.key })).id).toBe(app.id);
});

test("an archived app is listed only when asked for, and comes back", async () => {
  const made = await createApp(org.admin, anApp());
  const archived = await updateApp(org.admin, { app: made.key, archived: true, name: "Old desk" });
  expect(archived).toMatchObject({ name: "Old desk", archived_at: expect.any(String) });
  const ids = async (filter: ListFilter) => (await listApps(org.admin, filter)).data.map((app) => app.id);
  expect(await ids({ ...page, limit: 100 })).not.toContain(made.id);
  expect(await ids({ ...page, limit: 100, archived: true })).toContain(made.id);
  expect(await updateApp(org.admin, { app: made.id, archived: false })).toMatchObject({ archived_at: null });
});

test("pages follow one another in both directions", async () => {
  const own = await anOrg(db);
  for (let i = 0; i < 5; i++) await createApp(own.admin, anApp());
  const first = await listApps(own.admin, { ...page, limit: 2 });
  const second = await listApps(own.admin, { ...page, limit: 2, starting_after: first.data[1]?.id });
  const back = await listApps(own.admin, { ...page, limit: 2, ending_before: second.data[0]?.id });
  expect([first.has_more, second.has_more, back.has_more]).toEqual([true, true, false]);
  expect(back.data).toEqual(first.data);
  expect(new Set([...first.data, ...second.data].map((app) => app.id)).size).toBe(4);
});

test.each(["reviewer", "auditor"] as const)("the role %s reads apps and changes nothing", async (role) => {
  const app = await createApp(org.admin, anApp());
  expect((await getApp(org[role], { app: app.id })).id).toBe(app.id);
  await expect(createApp(org[role], anApp())).rejects.toMatchObject({ code: "forbidden" });
  await expect(updateApp(org[role], { app: app.id, name: "x" })).rejects.toMatchObject({ code: "forbidden" });
});

test("an app's own key reads nothing here", async () => {
  const app = await createApp(org.admin, anApp());
  const key = await org.keyOf(app.id, ["decisions:write", "decisions:read"]);
  for (const read of [
    () => listApps(key, page),
    () => getApp(key, { app: app.id }),
    () => listActiveStops(key),
  ]) {
    await expect(read()).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("another organisation's app is not there", async () => {
  const app = await createApp(org.admin, anApp());
  const other = await anOrg(db);
  await expect(getApp(other.admin, { app: app.id })).rejects.toMatchObject({ kind: "not_found" });
  await expect(updateApp(other.admin, { app: app.key, name: "x" })).rejects.toMatchObject({
    kind: "not_found",
  });
  expect((await listApps(other.admin, page)).data).toEqual([]);
});

test("every endpoint has its own id and its own method and path", () => {
  const places = appsEndpoints.map((each) => `${each.method} ${each.path}`);
  expect(new Set(places).size).toBe(places.length);
  expect(new Set(appsEndpoints.map((each) => each.id)).size).toBe(places.length);
});
