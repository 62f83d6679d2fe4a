import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import { updateAgent } from "@/lib/policies/server/update-agent";
import type { TileQuery } from "../board-schema";
import type { TileId } from "../tile-catalogue";
import { getTile } from "./get-tile";

const { db } = await testDatabase();

const personal = "group.of@secret.example";
const enough = 40;

let org: TestOrg;
let typeKey: string;

beforeAll(async () => {
  org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  typeKey = desk.typeKey;
  await db
    .update(schema.decisionTypes)
    .set({ segments: [{ key: "from", name: "Sender", pointer: "/message" }] })
    .where(eq(schema.decisionTypes.id, desk.type));
  for (let at = 0; at < enough; at += 1)
    await aDecision(db, org, desk, {
      input: { message: personal },
      status: "declined",
      truth: "negative",
      truthPi: 1,
      truthSource: "outcome",
    });
  await db.insert(schema.driftChecks).values({
    id: newId("driftCheck"),
    orgId: org.orgId,
    appId: desk.app,
    typeId: desk.type,
    day: new Date().toISOString().slice(0, 10),
    feature: "/message",
    method: "chi_square",
    value: 30,
    p: 0.001,
    q: 0.001,
    nReference: 100,
    nCurrent: 100,
    state: "confirmed",
    detail: {
      new_categories: [personal],
      shares: [],
      reference: { from: "2026-01-01T00:00:00.000Z", to: "2026-01-08T00:00:00.000Z", source: "pinned" },
    },
  });
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
}, 60_000);

const read = (who: "admin" | "auditor", tile: TileId, more: TileQuery = {}) =>
  getTile(org[who], { ...more, tile });

test.each(["drift_states", "disparity", "worst_groups", "calibration_by_part"] as const)(
  "%s names no customer to an admin, and shows an auditor what it counted",
  async (tile) => {
    const more = tile === "calibration_by_part" ? { type: typeKey } : {};
    expect(JSON.stringify(await read("auditor", tile, more))).toContain(personal);
    const shown = JSON.stringify(await read("admin", tile, more));
    expect(shown).not.toContain(personal);
    expect(shown).not.toContain(encodeURIComponent(personal));
    expect(shown).toContain("[E-mail address]");
  },
);

test("what is masked leaves days and numbers as they were", async () => {
  const [seen, masked] = [await read("auditor", "drift_states"), await read("admin", "drift_states")];
  const at = seen.table.columns.indexOf("New categories");
  expect(masked.table.rows[0]?.toSpliced(at, 1)).toEqual(seen.table.rows[0]?.toSpliced(at, 1));
});

test("a link by a masked value is left out, the auditor's stays", async () => {
  const hrefs = async (who: "admin" | "auditor") => {
    const { picture } = await read(who, "disparity");
    return picture?.kind === "bars" ? picture.bars.map(({ href }) => href) : [];
  };
  expect(await hrefs("auditor")).toEqual([expect.stringContaining("segment=from")]);
  expect(await hrefs("admin")).toEqual([null]);
});
