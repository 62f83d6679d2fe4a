import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { rowsOf } from "@/lib/server/rows";
import type { Context } from "@/lib/server/context";
import type { MetricFilter } from "../schema";
import { getMetric } from "./get-metric";
import { getTile } from "./get-tile";
import { forgetKept } from "./kept";
import { overview } from "./overview";
import { sealDays, sealedUntil } from "./seal-days";
import { aRandomHistory } from "./testing-random-history";

const { db } = await testDatabase();
const dayMs = 86_400_000;
// Half past some hour, so that spans begin and end within days.
const until = new Date(Math.floor(Date.now() / dayMs) * dayMs - 9 * 3_600_000 - 1_800_000);
const back = (days: number) => new Date(until.getTime() - days * dayMs).toISOString();

let org: TestOrg;
let desks: TestDesk[];

beforeAll(async () => {
  org = await anOrg(db);
  desks = [await aRefundDesk(db, org), await aRefundDesk(db, org)];
  await aRandomHistory(db, org, desks, { n: 500, seed: 33, until });
  // A copy that measures a reviewer, and one that stated nothing.
  const [desk] = desks;
  if (!desk) throw new Error("there is a desk");
  await aDecision(db, org, desk, { measure: true, createdAt: new Date(back(3)) });
  await aDecision(db, org, desk, { confidence: null, createdAt: new Date(back(5)) });
}, 120_000);

const filters = (): MetricFilter[] => [
  { from: back(14) },
  { from: back(40) },
  { from: back(200) },
  { from: back(12.3), to: back(0.6) },
  { from: back(9.7), to: back(9.2) },
  { from: back(2) },
  { from: back(14), app: desks[0]?.app },
  { from: back(14), type: desks[1]?.typeKey, prompt_version: "v1" },
  { from: back(14), model: "small" },
  { from: back(14), labelled: "true" },
  { from: back(14), type: desks[0]?.typeKey, segment: "region:north" },
];

/** Every figure that is read from counted days, as it is shown, without when it was computed. */
async function figures(ctx: Context): Promise<unknown[]> {
  // What is kept would compare an answer with itself.
  forgetKept();
  const found: object[] = [];
  for (const filter of filters()) {
    for (const metric of ["volume", "automation_rate", "discrepancy_rate"] as const)
      found.push(await getMetric(ctx, { ...filter, metric, compare: "previous", changes: "true" }));
    for (const tile of ["route_mix", "proposal_mix", "confidence_mix"] as const)
      found.push(await getTile(ctx, { ...filter, tile }));
    for (const by of ["prompt_version", "model"] as const)
      found.push(await getTile(ctx, { ...filter, by, tile: "compare_versions" }));
    found.push(await overview(ctx, filter));
  }
  return found.map((one) => rounded({ ...one, computed_at: null }));
}

/** Sums of fractions differ in their last digits with the order in which they are added up. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === "number" ? Number(one.toPrecision(10)) : one)),
  );
}

async function sealAll(): Promise<number> {
  let days = 0;
  for (let sealed = 1; sealed > 0; days += sealed) sealed = await sealDays(org.system);
  return days;
}

test("days that are counted give the figures that their decisions give, whatever the span and the filter", async () => {
  const key = await org.keyOf(desks[0]?.app ?? "", ["decisions:read"]);
  const direct = [await figures(org.admin), await figures(key)];
  expect(await sealedUntil(org.admin)).toBeNull();
  expect(await sealAll()).toBeGreaterThan(10);
  expect((await sealedUntil(org.admin))?.getTime()).toBeGreaterThan(until.getTime() - dayMs);
  const after = [await figures(org.admin), await figures(key)];
  for (const [whose, all] of direct.entries())
    for (const [at, one] of all.entries()) expect(after[whose]?.[at], `figure ${at}`).toEqual(one);
  const [counted] = await rowsOf<{ n: number }>(
    db,
    sql`select sum(count)::int as n from decision_days where org_id = ${org.orgId}`,
  );
  expect(counted?.n).toBe(501);
});

test("a late label changes what is labelled, and no counted day", async () => {
  forgetKept();
  const before = await getMetric(org.admin, { from: back(14), metric: "positive_truth_rate" });
  const [unlabelled] = await rowsOf<{ id: string }>(
    db,
    sql`select id from decisions where org_id = ${org.orgId} and truth is null and not measure order by id limit 1`,
  );
  await recordLabel(org.system, {
    decisionId: unlabelled?.id ?? "",
    source: "outcome",
    truth: "negative",
    piLabel: 1,
    actor: "system:test",
  });
  forgetKept();
  const after = await getMetric(org.admin, { from: back(14), metric: "positive_truth_rate" });
  expect(after.figure.n).toBe(before.figure.n + 1);
});

test("what comes in after the counted days is in every figure at once", async () => {
  const volume = async () => {
    forgetKept();
    return (await getMetric(org.admin, { from: back(14), metric: "volume" })).figure.value;
  };
  const before = await volume();
  const [desk] = desks;
  if (desk) await aDecision(db, org, desk);
  expect(await volume()).toBe((before ?? 0) + 1);
  expect(await sealAll()).toBe(0);
});

test("two workers at once count a day once; another house's days are none of theirs", async () => {
  const house = await anOrg(db);
  await aRandomHistory(db, house, [await aRefundDesk(db, house)], { n: 60, seed: 5, until });
  await Promise.all([1, 2, 3].map(() => sealDays(house.system)));
  const [counted] = await rowsOf<{ n: number }>(
    db,
    sql`select sum(count)::int as n from decision_days where org_id = ${house.orgId}`,
  );
  expect(counted?.n).toBe(60);
  await expect(sealDays(house.admin)).rejects.toMatchObject({ kind: "forbidden" });
  expect(await sealDays((await anOrg(db)).system)).toBe(0);
});
