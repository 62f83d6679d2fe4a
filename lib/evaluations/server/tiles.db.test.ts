import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { DecisionListFilter } from "@/lib/decisions/list";
import { rowConditions } from "@/lib/decisions/server/decision-rows-sql";
import { newId } from "@/lib/kernel/ids";
import { rowsOf } from "@/lib/server/rows";
import { confusionMatrix, confusionRates } from "@/lib/stats/confusion";
import { weightedProportion } from "@/lib/stats/weighted-proportion";
import { Tile } from "../board-schema";
import { tileIds, type TileId } from "../tile-catalogue";
import { getTile } from "./get-tile";
import { aRandomHistory, known, type Past } from "./testing-random-history";

const { db } = await testDatabase();
const until = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
const span = {
  from: new Date(until.getTime() - 14 * 86_400_000).toISOString(),
  to: new Date(until.getTime() + 1000).toISOString(),
};

let org: TestOrg;
let desk: TestDesk;
let past: Past[];

beforeAll(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  past = await aRandomHistory(db, org, [desk], { n: 600, seed: 21, until });
}, 120_000);

const read = (tile: TileId, more: object = {}) => getTile(org.admin, { ...span, ...more, tile });
const column = (tile: Tile, name: string) => tile.table.columns.indexOf(name);

test.each(tileIds)("%s answers by its contract, with nothing and with much", async (tile) => {
  const empty = await anOrg(db);
  for (const ctx of [empty.admin, empty.auditor, empty.reviewer, org.admin, org.auditor, org.reviewer]) {
    const found = Tile.parse(await getTile(ctx, { ...span, tile }));
    expect(found.sentence).not.toMatch(/NaN|undefined|Infinity/);
    expect(found.table.rows.every((row) => row.length === found.table.columns.length)).toBe(true);
  }
  const filtered = {
    type: desk.typeKey,
    app: desk.app,
    segment: "region:north",
    prompt_version: "v1",
    model: "small",
  };
  Tile.parse(await read(tile, { ...filtered, labelled: "true" }));
});

test("rates of every value of a segment, and their differences, are what counting gives", async () => {
  const tile = await read("disparity");
  const labelled = past.flatMap((one) => {
    const label = known(one);
    return label ? [{ ...one, actual: label.truth === "positive", weight: label.weight }] : [];
  });
  for (const region of ["north", "south", "east"]) {
    const row = tile.table.rows.find((cells) => cells[column(tile, "Value")] === region);
    const of = (own: boolean) =>
      confusionRates(
        confusionMatrix(
          labelled
            .filter((one) => one.region !== null && (one.region === region) === own)
            .map(({ predicted, actual, weight }) => ({
              predicted: predicted === "positive",
              actual,
              weight,
            })),
        ),
      );
    const all = past.filter((one) => one.region === region);
    expect(row?.[column(tile, "n")]).toBe(all.length);
    const selection = all.filter(({ predicted }) => predicted === "positive").length / all.length;
    expect(row?.[column(tile, "Proposed")]).toBeCloseTo(selection, 12);
    for (const [name, rate] of [
      ["FPR", "fpr"],
      ["FNR", "fnr"],
    ] as const) {
      const [own, rest] = [of(true)[rate], of(false)[rate]];
      if (own.kind === "insufficient" || rest.kind === "insufficient") continue;
      expect(row?.[column(tile, name)]).toBeCloseTo(own.value, 10);
      expect(row?.[column(tile, `${name} less the rest`)]).toBeCloseTo(own.value - rest.value, 10);
    }
  }
  // Without a value in the input a decision is in no group.
  const shown = tile.table.rows.reduce((sum, row) => sum + Number(row[column(tile, "n")]), 0);
  expect(shown).toBe(past.filter(({ region }) => region !== null).length);
});

test("a real difference is said first, and a pooled figure does not hide it", async () => {
  const other = await anOrg(db);
  const own = await aRefundDesk(db, other);
  // Every proposal about the south is to act, no other one is, and acting is never right.
  await aRandomHistory(db, other, [own], {
    n: 240,
    seed: 4,
    until,
    shaped: ({ region }) => ({
      route: "shadow",
      status: "recorded",
      byPerson: false,
      predicted: region === "south" ? "positive" : "negative",
      labels: { outcome: "negative" },
    }),
  });
  const tile = await getTile(other.admin, { ...span, tile: "disparity" });
  expect(
    tile.warnings.some((warning) =>
      warning.startsWith("Region south is proposed to act on wrongly 100.0 points more"),
    ),
  ).toBe(true);
});

test("many values are shown as the most frequent and Other, and none is lost", async () => {
  const other = await anOrg(db);
  const own = await aRefundDesk(db, other);
  await aRandomHistory(db, other, [own], {
    n: 60,
    seed: 5,
    until,
    shaped: (_, place) => ({ region: `r${place % 20}` }),
  });
  const tile = await getTile(other.admin, { ...span, tile: "disparity" });
  const values = tile.table.rows.map((row) => String(row[column(tile, "Value")]));
  expect(values).toHaveLength(8);
  expect(values.at(-1)).toMatch(/^Other \(\d+\)$/);
  expect(tile.table.rows.reduce((sum, row) => sum + Number(row[column(tile, "n")]), 0)).toBe(60);
});

test("of several segments each is counted as if it were alone", async () => {
  const other = await anOrg(db);
  const own = await aRefundDesk(db, other);
  await aRandomHistory(db, other, [own], { n: 80, seed: 6, until });
  const ask = () => getTile(other.admin, { ...span, tile: "disparity" });
  const alone = await ask();
  await rowsOf(
    db,
    sql`update decision_types set segments = segments || '[{"key": "twice", "name": "Twice", "pointer": "/customer/region"},
      {"key": "none", "name": "None", "pointer": "/nowhere"}]'::jsonb where id = ${own.type}`,
  );
  const rows = (await ask()).table.rows;
  const of = (name: string) => rows.flatMap(([segment, ...row]) => (segment === name ? [row] : []));
  expect(of("Region")).toEqual(alone.table.rows.map((row) => row.slice(1)));
  expect(of("Twice")).toEqual(of("Region"));
  expect(of("None")).toEqual([]);
});

test("baselines and cost are what counting gives", async () => {
  const cases = past.flatMap((one) => {
    const label = known(one);
    return label ? [{ ...one, ...label }] : [];
  });
  const share = (wrong: (one: (typeof cases)[number]) => boolean) => {
    const found = weightedProportion(cases.map((one) => ({ value: wrong(one) ? 1 : 0, weight: one.weight })));
    return found.kind === "estimate" ? found.value : -1;
  };
  const tile = await read("baselines");
  const values = tile.table.rows.map((row) => row[column(tile, "Share wrong")]);
  expect(values[0]).toBeCloseTo(
    share(({ predicted, truth }) => predicted !== truth),
    10,
  );
  expect(values[1]).toBeCloseTo(
    share(({ truth }) => truth === "negative"),
    10,
  );
  expect(values[2]).toBeCloseTo(
    share(({ truth }) => truth === "positive"),
    10,
  );
  const cost = await read("error_cost");
  const sum = (at: number) => cost.table.rows.reduce((total, row) => total + Number(row[at]), 0);
  const weigh = (some: typeof cases) => some.reduce((total, { weight }) => total + weight, 0);
  // Ten euros for a wrong yes, three for a wrong no.
  expect(sum(1)).toBeCloseTo(
    weigh(cases.filter(({ predicted, truth }) => predicted === "positive" && truth === "negative")) * 10,
    6,
  );
  expect(sum(2)).toBeCloseTo(
    weigh(cases.filter(({ predicted, truth }) => predicted === "negative" && truth === "positive")) * 3,
    6,
  );
});

test("each of the worst groups leads to exactly the decisions it was counted of", async () => {
  const { picture } = await read("worst_groups", { app: desk.app });
  const bars = picture?.kind === "bars" ? picture.bars : [];
  expect(bars.map(({ label }) => label)).toContain("Region: north");
  for (const { href, n } of bars) {
    const filter = DecisionListFilter.parse(
      Object.fromEntries(new URL(href ?? "", "http://localhost").searchParams),
    );
    const [listed] = await rowsOf<{ n: number }>(
      db,
      sql`select count(*)::int as n from decisions d where ${rowConditions(org.admin, filter)}`,
    );
    expect(listed?.n).toBe(n);
  }
});

test("the funnel, edits and the comparison of versions count every decision once", async () => {
  const reviewed = past.filter(({ route }) => route === "review");
  const funnel = await read("funnel");
  const [row] = funnel.table.rows;
  const count = (some: Past[]) => some.length;
  expect(row?.slice(1, 6)).toEqual([
    reviewed.length,
    count(reviewed.filter(({ status, edited }) => status === "approved" && !edited)),
    count(reviewed.filter(({ status, edited }) => status === "approved" && edited)),
    count(reviewed.filter(({ status }) => status === "declined")),
    count(reviewed.filter(({ status }) => status === "in_review")),
  ]);
  const edits = await read("edits");
  // One of three fields was changed in each.
  expect(edits.table.rows[0]?.at(-1)).toBeCloseTo(1 / 3, 12);
  const compare = await read("compare_versions", { a: "v1", b: "v2", by: "prompt_version" });
  const volume = compare.table.rows.find(([question]) => question === "How much comes in?");
  expect([volume?.[2], volume?.[4]]).toEqual(
    ["v1", "v2"].map((version) => past.filter(({ prompt }) => prompt === version).length),
  );
});

test("only a lead sees names; an admin sees pseudonyms where three or more ruled, an auditor nobody", async () => {
  const house = await anOrg(db);
  const own = await aRefundDesk(db, house);
  const people = [house.reviewer, await house.person("reviewer"), await house.person("reviewer")];
  const made = await aRandomHistory(db, house, [own], { n: 30, seed: 9, until });
  for (const [place, one] of made.entries()) {
    const who = people[place % 3];
    await rowsOf(
      db,
      sql`insert into reviews (id, org_id, decision_id, queue_id, app_id, type_id, status, verdict, resolved_by, resolved_at, created_at)
        values (${newId("review")}, ${house.orgId}, ${one.id}, ${own.queue}, ${own.app}, ${own.type}, 'resolved', 'approve',
          ${`user:${String(who?.actor.id)}`}, ${one.at.toISOString()}, ${one.at.toISOString()})`,
    );
  }
  const load = (await getTile(house.admin, { ...span, tile: "reviewer_load" })).table;
  const totals = ["Rulings", "Compared", "Overrides"].map((name) =>
    load.rows.reduce((sum, row) => sum + Number(row[load.columns.indexOf(name)]), 0),
  );
  expect(totals).toEqual([30, 30, made.filter(({ predicted }) => predicted === "negative").length]);
  const names = async (ctx: typeof house.admin) =>
    (await getTile(ctx, { ...span, tile: "reviewer_load" })).table.rows.map(([name]) => String(name));
  const pseudonyms = await names(house.admin);
  expect(pseudonyms).toHaveLength(3);
  expect(pseudonyms.every((name) => /^Reviewer [0-9a-f]{6}$/.test(name))).toBe(true);
  expect(await names(house.auditor)).toEqual([]);
  expect(await names(house.reviewer)).toHaveLength(1);
  await rowsOf(
    db,
    sql`insert into queue_members (queue_id, user_id, org_id, lead) values (${own.queue}, ${house.reviewer.actor.id}, ${house.orgId}, true)`,
  );
  const led = await names(house.reviewer);
  expect(led).toHaveLength(3);
  expect(led.every((name) => name.startsWith("reviewer "))).toBe(true);
});
