import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { AutonomyBody } from "../inputs";
import { createApp } from "./create-app";
import { createDecisionType } from "./create-decision-type";
import { getAutonomy, listAutonomies } from "./get-autonomy";
import { setAutonomy } from "./set-autonomy";
import { anApp, anAutonomy, aType } from "./testing-inputs";
import { trailOf } from "./testing-trail";

const { db } = await testDatabase();

async function aPair() {
  const org = await anOrg(db);
  const app = await createApp(org.admin, anApp());
  const type = await createDecisionType(org.admin, aType({ reversibility: "reversible" }));
  return { org, app, type, pair: { app: app.key, type: type.key } };
}

test("what nobody has set reads as review_all, version 0", async () => {
  const { org, pair } = await aPair();
  expect(await getAutonomy(org.reviewer, pair)).toMatchObject({
    level: "review_all",
    threshold: null,
    version: 0,
  });
});

test("a change is stored as a whole, told, and journalled with before and after", async () => {
  const { org, app, type, pair } = await aPair();
  const first = await setAutonomy(org.admin, { ...pair, autonomy: anAutonomy() });
  expect(first).toMatchObject({ level: "auto", threshold: 0.95, decline_threshold: 0.9, version: 1 });
  const second = await setAutonomy(org.admin, {
    app: app.id,
    type: type.id,
    autonomy: anAutonomy({ level: "shadow", threshold: null, version: 1 }),
  });
  expect(second).toMatchObject({ level: "shadow", threshold: null, version: 2 });
  expect(await listAutonomies(org.auditor, { app: app.id })).toEqual([second]);
  const trail = await trailOf(db, `${app.id}/${type.id}`);
  expect(trail.events).toEqual(["autonomy.changed", "autonomy.changed"]);
  expect(trail.journal[1]).toMatchObject({
    action: "autonomy.changed",
    data: { before: { level: "auto", version: 1 }, after: { level: "shadow", version: 2 } },
  });
});

test.each([
  ["the first setting", 0],
  ["a later one", 1],
])(
  "of two admins who read the same version at %s, the second is told and changes nothing",
  async (_name, version) => {
    const { org, pair } = await aPair();
    if (version === 1) await setAutonomy(org.admin, { ...pair, autonomy: anAutonomy() });
    const both = await Promise.allSettled(
      [0.8, 0.7].map((threshold) =>
        setAutonomy(org.admin, { ...pair, autonomy: anAutonomy({ threshold, version }) }),
      ),
    );
    const won = both.find((each) => each.status === "fulfilled");
    expect(both.find((each) => each.status === "rejected")).toMatchObject({
      reason: { code: "stale_version" },
    });
    expect(won?.value).toEqual(await getAutonomy(org.admin, pair));
  },
);

test("only an admin sets it; an app or type of another organisation is not there", async () => {
  const { org, pair } = await aPair();
  for (const ctx of [org.reviewer, org.auditor]) {
    await expect(setAutonomy(ctx, { ...pair, autonomy: anAutonomy() })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  const other = await aPair();
  const mixed = { app: pair.app, type: other.type.id, autonomy: anAutonomy() };
  await expect(setAutonomy(org.admin, mixed)).rejects.toMatchObject({ kind: "not_found" });
});

test("time can never approve, and auto needs a threshold", () => {
  expect(AutonomyBody.safeParse({ ...anAutonomy(), on_timeout: "approve" }).success).toBe(false);
  expect(AutonomyBody.safeParse(anAutonomy({ threshold: null })).error?.issues[0]?.path).toEqual([
    "threshold",
  ]);
  expect(AutonomyBody.safeParse(anAutonomy({ threshold: 1.5 })).success).toBe(false);
});
