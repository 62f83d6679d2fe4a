import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { getDecision } from "@/lib/decisions/server/get-decision";
import { loadTypes, pairKey } from "@/lib/intake/server/load-types";
import { forgetCalibration } from "@/lib/reviews/server/calibrated-claim";
import { getReview } from "@/lib/reviews/server/get-review";
import { calibrated } from "@/lib/routing/calibrated";
import { rowsOf } from "@/lib/server/rows";
import { fitCalibrations } from "./fit-calibration";
import { getCalibrations } from "./get-calibration";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  forgetCalibration();
});

/** Labelled decisions of confidence `from` to `from + 0.3`, of which every `wrongEvery`th was wrong; one insert. */
async function labelled(count: number, wrongEvery: number, from = 0.65): Promise<void> {
  const { id } = await aDecision(db, org, desk, {
    status: "declined",
    withExecution: false,
    route: "review",
  });
  await rowsOf(
    db,
    sql`insert into decisions (id, org_id, app_id, type_id, request_hash, input, arguments, predicted, confidence, livemode,
        status, route, reasons, level, pi_label, pi_ref, draw_u, audit_drawn, audit_pending, submitted_by, truth,
        truth_source, truth_pi)
      select d.id || '_' || i, d.org_id, d.app_id, d.type_id, d.request_hash, d.input, d.arguments, 'positive',
        ${from}::float8 + 0.3 * (i % 97) / 97, false, 'declined', 'review', '[]', 'review_all', 1, 1, 0.5, false, false, 'key:test',
        case when i % ${wrongEvery}::int = 0 then 'negative' else 'positive' end, 'review', 1
      from decisions d cross join generate_series(1, ${count}::int) i where d.id = ${id}`,
  );
}

const maps = async () => (await getCalibrations(org.admin, { limit: 50 })).data;

test("a map comes into force from 100 labels on, and stays when nothing changed", async () => {
  await labelled(90, 3);
  expect(await fitCalibrations(org.system)).toBe(0);
  await labelled(60, 3);
  expect(await fitCalibrations(org.system)).toBe(1);
  expect(await maps()).toMatchObject([
    { kind: "platt", number: 1, predicted: "positive", in_force: true, figures: { n: 150 } },
  ]);
  expect(await fitCalibrations(org.system)).toBe(0);
  const told = await rowsOf(
    db,
    sql`select 1 from events where org_id = ${org.orgId} and type = 'calibration.changed'`,
  );
  expect(told).toHaveLength(1);
});

test("1,000 labels make it isotonic; the earlier map is kept, and two workers put one in force", async () => {
  await labelled(300, 3);
  await fitCalibrations(org.system);
  await labelled(900, 3);
  const both = await Promise.all([fitCalibrations(org.system), fitCalibrations(org.system)]);
  expect(both.toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(await maps()).toMatchObject([
    { kind: "isotonic", number: 2, in_force: true },
    { kind: "platt", number: 1, in_force: false },
  ]);
});

test("claims that were kept exactly get no map that is worse than they are", async () => {
  // Of those who say two thirds, two thirds were right: there is nothing to learn.
  await labelled(291, 3, 0.5166);
  await fitCalibrations(org.system);
  for (const { figures } of await maps()) expect(figures.mapped.brier).toBeLessThanOrEqual(figures.raw.brier);
});

test("what comes in is stored with its map, and shown by it to reviewers and over the API", async () => {
  await labelled(1200, 3);
  await fitCalibrations(org.system);
  const [app] = await rowsOf<{ key: string }>(db, sql`select key from apps where id = ${desk.app}`);
  expect(app).toBeDefined();
  const types = await loadTypes(db, org.orgId, [{ appId: desk.app, typeKey: desk.typeKey }]);
  const inForce = types.get(pairKey(desk.app, desk.typeKey))?.calibrations ?? [];
  const meant = calibrated(inForce, { predicted: "positive", confidence: 0.9 });
  expect(meant?.probability).toBeGreaterThan(0.55);
  expect(meant?.probability).toBeLessThan(0.78);
  const made = await aDecision(db, org, desk, {
    confidence: 0.9,
    calibrated: meant?.probability,
    calibrationId: meant?.mapId,
  });
  const [map] = await maps();
  const shown = { id: map?.id, number: 1, kind: "isotonic" };
  expect(await getDecision(org.admin, { params: { decision: made.id } })).toMatchObject({
    confidence: { raw: 0.9, calibrated: meant?.probability, map: { ...shown, labels: 1200 } },
  });
  const review = await getReview(org.reviewer, { reviewId: made.reviewId ?? "" });
  expect(review.calibrated).toMatchObject({ kind: "calibrated", value: meant?.probability, map: shown });
});

test("a map that came to be worse than the claims themselves is taken out of force", async () => {
  await labelled(600, 2);
  await fitCalibrations(org.system);
  expect(await maps()).toHaveLength(1);
  // The world changes: the claims are now kept, and what was true once is forgotten.
  await rowsOf(
    db,
    sql`update decisions set truth = case when ('x' || substr(md5(id), 1, 8))::bit(32)::bigint / 4294967296.0 + 0.5 < confidence + 0.5
      then 'positive' else 'negative' end where org_id = ${org.orgId} and truth is not null`,
  );
  await fitCalibrations(org.system);
  const live = (await maps()).filter(({ in_force }) => in_force);
  for (const { figures } of live) expect(figures.mapped.brier).toBeLessThanOrEqual(figures.raw.brier);
  expect(live.every(({ number }) => number > 1)).toBe(true);
});

test("an app's key sees its own maps only; another organisation none", async () => {
  await labelled(150, 3);
  await fitCalibrations(org.system);
  const other = await aRefundDesk(db, org);
  const [own, foreign] = [
    await org.keyOf(desk.app, ["decisions:read"]),
    await org.keyOf(other.app, ["decisions:read"]),
  ];
  expect((await getCalibrations(own, { limit: 10 })).data).toHaveLength(1);
  expect((await getCalibrations(foreign, { limit: 10 })).data).toHaveLength(0);
  const stranger = await anOrg(db);
  expect((await getCalibrations(stranger.admin, { limit: 10 })).data).toHaveLength(0);
});
