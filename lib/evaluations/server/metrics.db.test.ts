import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { aWord } from "@/lib/feedback/server/testing-feedback";
import { rowsOf } from "@/lib/server/rows";
import { brierScore } from "@/lib/stats/brier";
import { expectedCalibrationError } from "@/lib/stats/calibration-error";
import { percentile } from "@/lib/stats/percentile";
import { weightedProportion } from "@/lib/stats/weighted-proportion";
import type { MetricName } from "../metrics-catalogue";
import type { MetricFilter } from "../schema";
import { getMetric } from "./get-metric";
import { measureMetric } from "./measure-metric";
import { aRandomHistory, known, type Past } from "./testing-random-history";

const { db } = await testDatabase();
const until = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
const from = new Date(until.getTime() - 14 * 86_400_000);
const span = { from: from.toISOString(), to: new Date(until.getTime() + 1000).toISOString() };

type Observed = { at: Date; value: number; weight: number };
const observed = (past: readonly Past[], value: (one: Past) => boolean): Observed[] =>
  past.map((one) => ({ at: one.at, value: value(one) ? 1 : 0, weight: 1 }));
const labelled = (past: readonly Past[], value: (one: Past, truth: string) => boolean | null): Observed[] =>
  past.flatMap((one) => {
    const label = known(one);
    const found = label && value(one, label.truth);
    return label === null || found === null
      ? []
      : [{ at: one.at, value: found ? 1 : 0, weight: label.weight }];
  });

/** Each share as the definition has it, from the history in memory. */
const shares: Partial<Record<MetricName, (past: readonly Past[]) => Observed[]>> = {
  automation_rate: (past) =>
    observed(
      past.filter(({ route }) => route !== "shadow"),
      ({ route }) => route === "execute" || route === "decline",
    ),
  auto_error_rate: (past) =>
    past.flatMap((one) => {
      const audit = one.labels.audit;
      // An approval whose action waits has not run.
      const ran = one.route === "decline" || one.route === "execute";
      return audit && ran ? [{ at: one.at, value: audit === one.predicted ? 0 : 1, weight: 1 / one.pi }] : [];
    }),
  override_rate: (past) =>
    observed(
      past.filter(({ byPerson, status }) => byPerson && status !== "in_review"),
      ({ status, predicted }) => (status === "approved") !== (predicted === "positive"),
    ),
  proposal_error_rate: (past) => labelled(past, ({ predicted }, truth) => predicted !== truth),
  false_positive_rate: (past) =>
    labelled(past, (one, truth) => (truth === "negative" ? one.predicted === "positive" : null)),
  false_negative_rate: (past) =>
    labelled(past, (one, truth) => (truth === "positive" ? one.predicted === "negative" : null)),
  positive_truth_rate: (past) => labelled(past, (_, truth) => truth === "positive"),
};

let org: TestOrg;
let desks: TestDesk[];
let past: Past[];

beforeAll(async () => {
  org = await anOrg(db);
  desks = [await aRefundDesk(db, org), await aRefundDesk(db, org)];
  past = await aRandomHistory(db, org, desks, { n: 500, seed: 6, until });
  await rowsOf(
    db,
    sql`update executions set status = 'in_flight', fence = fence + 1 where org_id = ${org.orgId}`,
  );
  await rowsOf(db, sql`update executions set status = 'succeeded' where org_id = ${org.orgId}`);
}, 120_000);

/** Filters, and the same in memory. */
const filters: [name: string, filter: () => MetricFilter, keep: (one: Past) => boolean][] = [
  ["everything", () => ({}), () => true],
  ["an app", () => ({ app: desks[0]?.app }), ({ desk }) => desk === desks[0]],
  ["a prompt version", () => ({ prompt_version: "v2" }), ({ prompt }) => prompt === "v2"],
  ["a model", () => ({ model: "small" }), ({ model }) => model === "small"],
  [
    "a segment",
    () => ({ type: desks[1]?.typeKey, segment: "region:north" }),
    ({ desk, region }) => desk === desks[1] && region === "north",
  ],
  ["only labelled", () => ({ labelled: "true" }), (one) => known(one) !== null],
  [
    "a week",
    () => ({ from: new Date(until.getTime() - 7 * 86_400_000).toISOString() }),
    ({ at }) => at.getTime() >= until.getTime() - 7 * 86_400_000,
  ],
];

describe.each(filters)("of %s", (_, filter, keep) => {
  test.each(Object.entries(shares))("%s is what counting gives, in all and by day", async (name, of) => {
    const own = past.filter(keep);
    const minimumEss = ["automation_rate", "override_rate"].includes(name) ? 0 : 30;
    const { figure, points } = await getMetric(org.admin, {
      ...span,
      ...filter(),
      metric: name as MetricName,
    });
    expectShare(figure, of(own), minimumEss);
    const total = points.reduce((sum, { n }) => sum + n, 0);
    expect(total).toBe(of(own).length);
    for (const point of points) {
      const day = of(own).filter(({ at }) => at.toISOString().startsWith(point.at.slice(0, 10)));
      expectShare(point, day, minimumEss);
    }
  });

  test("calibration, volume and times too", async () => {
    const own = past.filter(keep);
    const scored = own.flatMap((one) => {
      const label = known(one);
      return label && one.confidence !== null
        ? [
            {
              p: one.confidence,
              y: label.truth === one.predicted ? (1 as const) : (0 as const),
              weight: label.weight,
            },
          ]
        : [];
    });
    const read = async (metric: MetricName) =>
      (await getMetric(org.admin, { ...span, ...filter(), metric })).figure;
    const [ece, brier] = [await read("expected_calibration_error"), await read("brier_score")];
    if (ece.value !== null) expect(ece.value).toBeCloseTo(expectedCalibrationError(scored) ?? -1, 10);
    if (brier.value !== null) expect(brier.value).toBeCloseTo(brierScore(scored) ?? -1, 10);
    expect([ece.n, brier.n, (await read("volume")).value]).toEqual([
      scored.length,
      scored.length,
      own.length,
    ]);
    const seconds = own
      .filter(({ byPerson, status }) => byPerson && status !== "in_review")
      .map((one) => one.seconds);
    for (const [metric, q] of [
      ["time_to_decision_p50", 0.5],
      ["time_to_decision_p90", 0.9],
    ] as const) {
      const found = await read(metric);
      expect(found.n).toBe(seconds.length);
      expect(found.value).toBeCloseTo(percentile(seconds, q) ?? -1, 6);
    }
  });
});

test("a monitor's question has the dashboards' answer", async () => {
  const asked = { metric: "override_rate", appId: desks[0]?.app, from, to: new Date(span.to) } as const;
  const { figure } = await getMetric(org.admin, { ...span, app: desks[0]?.app, metric: "override_rate" });
  expect(await measureMetric(org.system, asked)).toEqual({
    value: figure.value,
    low: figure.lower,
    high: figure.upper,
    n: figure.n,
    unit: "share",
  });
});

test("a vote that its author changed counts once, as it stands, and one taken back not at all", async () => {
  const own = await anOrg(db);
  const desk = await aRefundDesk(db, own);
  const { id } = await aDecision(db, own, desk);
  const up = await aWord(db, own, id, { vote: "up" });
  await aWord(db, own, id, { vote: "down", replacedBy: up });
  await aWord(db, own, id, { vote: "down", withdrawnAt: new Date() });
  const downRate = async () => (await getMetric(own.admin, { metric: "feedback_down_rate" })).figure;
  expect(await downRate()).toMatchObject({ value: 0, n: 1 });
  await aWord(db, own, id, { vote: "down", source: "customer" });
  expect(await downRate()).toMatchObject({ value: 0.5, n: 2 });
});

test("the time before is as long, ends where this begins, and a difference has an interval", async () => {
  const week = new Date(until.getTime() - 7 * 86_400_000);
  const found = await getMetric(org.admin, {
    from: week.toISOString(),
    to: until.toISOString(),
    compare: "previous",
    metric: "automation_rate",
  });
  const before = past.filter(({ at, route }) => at < week && at >= from && route !== "shadow");
  const alone = before.filter(({ route }) => route !== "review").length;
  expect(found.previous?.value).toBeCloseTo(alone / before.length, 12);
  const { value = 0, lower = 1, upper = 0 } = found.previous?.difference ?? {};
  expect(value).toBeCloseTo((found.figure.value ?? 0) - alone / before.length, 12);
  expect(lower < value && value < upper).toBe(true);
});

test("another organisation, and an app's key of another app, see nothing of it", async () => {
  const other = await anOrg(db);
  const elsewhere = await getMetric(other.admin, { ...span, metric: "volume" });
  const key = await org.keyOf(desks[0]?.app ?? "", ["decisions:read"]);
  const own = await getMetric(key, { ...span, metric: "volume" });
  expect([elsewhere.figure.value, own.figure.value]).toEqual([
    0,
    past.filter(({ desk }) => desk === desks[0]).length,
  ]);
});

type Shown = { value: number | null; lower: number | null; upper: number | null; n: number };

function expectShare(found: Shown, brute: readonly Observed[], minimumEss: number): void {
  const expected = weightedProportion(brute, { minimumEss });
  expect(found.n).toBe(brute.length);
  if (expected.kind === "insufficient") {
    expect(found.value).toBeNull();
    return;
  }
  for (const end of ["value", "lower", "upper"] as const) {
    expect(found[end]).toBeCloseTo(expected[end], 10);
  }
}
