import { beforeAll, beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { recordLabel } from "@/lib/decisions/server/record-label";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { seededRandom } from "@/lib/stats/seeded-random";
import { tangoInterval } from "@/lib/stats/tango";
import type { Tile } from "../board-schema";
import { metricsCatalogue } from "../metrics-catalogue";
import { getMetric } from "./get-metric";
import { getTile } from "./get-tile";
import { forgetKept } from "./kept";
import { compared } from "./version-sums";
import { aRandomHistory } from "./testing-random-history";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
let versions: [id: string, name: string][];
let other: TestDesk;

const until = new Date(Date.now() - 60_000);
const span = {
  from: new Date(until.getTime() - 14 * 86_400_000).toISOString(),
  to: new Date(Date.now() + 60_000).toISOString(),
};

beforeAll(async () => {
  org = await anOrg(db);
  [desk, other] = [await aRefundDesk(db, org), await aRefundDesk(db, org)];
  await aRandomHistory(db, org, [other], { n: 400, seed: 4, until });
  const [model, prompt] = [newId("model"), newId("prompt")];
  const { orgId } = org;
  const owner = { orgId, appId: desk.app, typeId: desk.type, createdBy: "test" };
  await db.insert(schema.models).values({
    id: model,
    orgId,
    key: "small",
    name: "Small",
    provider: "openai_compatible",
    modelId: "small-1",
    createdBy: "test",
  });
  await db.insert(schema.prompts).values({ id: prompt, ...owner, key: "judge", name: "Judge" });
  versions = [];
  for (const version of [1, 2]) {
    const id = newId("promptVersion");
    versions.push([id, `judge@${version}`]);
    await db.insert(schema.promptVersions).values({
      id,
      orgId,
      promptId: prompt,
      version,
      modelId: model,
      messages: [{ role: "user", content: "{{input}}" }],
      settings: {},
      createdBy: "test",
    });
  }
});

// A slow machine keeps its answers for a minute.
beforeEach(forgetKept);

type Pair = { truth: Truth; first: Prediction; second: Prediction };

const flip = (way: Prediction): Prediction => (way === "positive" ? "negative" : "positive");

/** What two versions say of the same: the first is wrong of a third, the second of a tenth. */
function pairs(n: number, seed: number): Pair[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const truth: Truth = random() < 0.5 ? "positive" : "negative";
    const said = (wrong: number): Prediction => (random() < wrong ? flip(truth) : truth);
    return { truth, first: said(1 / 3), second: said(0.1) };
  });
}

const ask = (more: object) => getTile(org.admin, { ...span, ...more, tile: "compare_versions" });

const linesOf = ({ table }: Tile, how: string) => table.rows.filter((row) => String(row[1]).startsWith(how));

function expectPaired(row: Tile["table"]["rows"][number] | undefined, some: Pair[]) {
  const wrong = (of: "first" | "second") => some.filter((pair) => pair[of] !== pair.truth).length;
  const onlyFirst = some.filter(({ truth, first, second }) => first !== truth && second === truth).length;
  const onlySecond = some.filter(({ truth, first, second }) => first === truth && second !== truth).length;
  const { lower, upper } = tangoInterval({ onlyFirst, onlySecond, n: some.length });
  expect(row?.slice(2, 6)).toEqual([
    expect.closeTo(wrong("first") / some.length, 12),
    some.length,
    expect.closeTo(wrong("second") / some.length, 12),
    some.length,
  ]);
  expect(row?.[6]).toBeCloseTo((onlyFirst - onlySecond) / some.length, 12);
  expect(row?.[7]).toBeCloseTo(lower, 9);
  expect(row?.[8]).toBeCloseTo(upper, 9);
}

test("a version in shadow is compared on the very decisions the other made, and the tile says so", async () => {
  const some = pairs(120, 7);
  for (const { truth, first, second } of some) {
    const { id } = await aDecision(db, org, desk, {
      promptVersion: versions[0]?.[1],
      predicted: first,
      status: "recorded",
      route: "shadow",
    });
    await recordLabel(org.system, {
      decisionId: id,
      source: "outcome",
      truth,
      piLabel: 1,
      actor: "system:test",
    });
    await db.insert(schema.shadowAnswers).values({
      orgId: org.orgId,
      decisionId: id,
      promptVersionId: versions[1]?.[0] ?? "",
      status: "done",
      predicted: second,
    });
  }
  const asked = { a: "judge@1", b: "judge@2", app: desk.app };
  const tile = await ask(asked);
  const lines = linesOf(tile, "paired: in shadow");
  expect(lines.map(([question]) => question)).toEqual(["Share wrong", "FPR", "FNR"]);
  expectPaired(lines[0], some);
  expectPaired(
    lines[1],
    some.filter(({ truth }) => truth === "negative"),
  );
  expectPaired(
    lines[2],
    some.filter(({ truth }) => truth === "positive"),
  );
  expect(tile.sentence).toContain("On the same inputs (n = 120)");
  // The other way round the difference turns its sign, and nothing else.
  const turned = linesOf(await ask({ ...asked, a: "judge@2", b: "judge@1" }), "paired")[0];
  expect(turned?.[6]).toBeCloseTo(-Number(lines[0]?.[6]), 12);
});

test("the newest experiment that tried both is compared item by item, and is linked", async () => {
  const some = pairs(60, 8);
  const { orgId } = org;
  const owner = { orgId, appId: desk.app, typeId: desk.type, createdBy: "test" };
  const [dataset, version, experiment] = [newId("dataset"), newId("datasetVersion"), newId("experiment")];
  await db.insert(schema.datasets).values({ id: dataset, ...owner, key: "cases", name: "Cases" });
  await db
    .insert(schema.datasetVersions)
    .values({ id: version, orgId, datasetId: dataset, version: 1, source: {}, createdBy: "test" });
  await db.insert(schema.experiments).values({
    id: experiment,
    ...owner,
    name: "Two wordings",
    datasetVersionId: version,
    status: "done",
    finishedAt: new Date(),
  });
  const candidates = versions.map(([promptVersionId, name], position) => ({
    id: newId("candidate"),
    experimentId: experiment,
    position,
    kind: "prompt" as const,
    name,
    promptVersionId,
  }));
  await db.insert(schema.experimentCandidates).values(candidates);
  for (const [position, { truth, first, second }] of some.entries()) {
    const item = newId("datasetItem");
    await db.insert(schema.datasetItems).values({
      id: item,
      versionId: version,
      position,
      split: "test",
      subject: item,
      input: {},
      truth,
      sha256: item,
    });
    await db.insert(schema.experimentResults).values(
      candidates.map(({ id }, at) => ({
        candidateId: id,
        itemId: item,
        experimentId: experiment,
        position,
        status: "done" as const,
        predicted: at === 0 ? first : second,
      })),
    );
  }
  const tile = await ask({ a: "judge@1", b: "judge@2", type: desk.typeKey });
  const lines = linesOf(tile, "paired: experiment Two wordings");
  expectPaired(lines[0], some);
  const bars = tile.picture?.kind === "bars" ? tile.picture.bars : [];
  expect(bars.some(({ href }) => href === `/experiments/${experiment}`)).toBe(true);
});

test("versions that answered their own decisions are compared unpaired, as each one's own tiles say", async () => {
  for (const by of ["prompt_version", "model"] as const) {
    const [a, b] = by === "model" ? ["small", "large"] : ["v1", "v2"];
    const tile = await ask({ a, b, by, app: other.app });
    expect(linesOf(tile, "paired")).toEqual([]);
    const lines = linesOf(tile, "unpaired");
    expect(lines).toHaveLength(compared.length);
    for (const metric of compared) {
      const line = lines.find(([question]) => question === metricsCatalogue[metric].question);
      const own = await Promise.all(
        [a, b].map(
          async (version) =>
            (await getMetric(org.admin, { ...span, app: other.app, [by]: version, metric })).figure,
        ),
      );
      expect([line?.[2], line?.[4]]).toEqual(
        own.map(({ value }) => (value === null ? null : expect.closeTo(value, 9))),
      );
      expect([line?.[3], line?.[5]]).toEqual(own.map(({ n }) => n));
    }
  }
});

test("two versions that nobody named are of one app", async () => {
  const [, , a, , b] = (await ask({ by: "prompt_version", app: other.app })).table.columns;
  expect(new Set([a, b])).toEqual(new Set(["v1", "v2"]));
  const { table } = await ask({ by: "prompt_version" });
  expect(new Set([table.columns[2], table.columns[4]])).toEqual(new Set(["v1", "v2"]));
});
