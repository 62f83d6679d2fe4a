import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { autoErrors } from "./auto-errors";
import { overview } from "./overview";
import { aPopulation, type Member } from "./testing-population";

const { db } = await testDatabase();
const many = (count: number, member: Member): Member[] => Array.from({ length: count }, () => member);

async function aDesk() {
  const org = await anOrg(db);
  return { org, desk: await aRefundDesk(db, org) };
}

test("shares: what stood alone and what went to a person, with shadow left out", async () => {
  const { org, desk } = await aDesk();
  await aPopulation(db, org, desk, [
    ...many(5, { route: "execute", pi: 0.2 }),
    ...many(3, { route: "decline", predicted: "negative", pi: 0.2 }),
    ...many(2, { route: "review", status: "in_review" }),
    ...many(4, { route: "shadow" }),
  ]);
  const found = await overview(org.admin, {});
  expect(found.decisions).toBe(14);
  expect(found.automation).toMatchObject({ value: 0.8, n: 10 });
  expect(found.review).toMatchObject({ value: 0.2, n: 10 });
  expect(found.audit.planned).toBeCloseTo(0.2, 12);
  expect(found.audit).toMatchObject({ value: 0, n: 8 });
  expect(found.automation.population).toMatch(/shadow/);
});

test("an override is a person doing otherwise than proposed, whichever way, by confidence", async () => {
  const { org, desk } = await aDesk();
  await aPopulation(db, org, desk, [
    { status: "approved", confidence: 0.55 },
    { status: "declined", confidence: 0.55 },
    { status: "declined", predicted: "negative", confidence: 0.95 },
    { status: "approved", predicted: "negative", confidence: 0.95 },
    { status: "approved", confidence: 1 },
    { status: "in_review", confidence: 0.55 },
    { route: "execute", confidence: 0.99 },
  ]);
  const { override, override_by_confidence: bins } = await overview(org.reviewer, {});
  expect(override).toMatchObject({ value: 0.4, n: 5 });
  expect(bins.map(({ low, overridden, figure }) => [low, overridden, figure.n])).toEqual([
    [0.5, 1, 2],
    [0.9, 1, 3],
  ]);
});

test("the error of what ran alone weighs each audit by 1/pi and counts only what ran", async () => {
  const { org, desk } = await aDesk();
  await aPopulation(db, org, desk, [
    // 40 drawn at 1/2, 4 wrong; 40 drawn at 1/10, 1 wrong: (4·2 + 1·10) / (40·2 + 40·10) = 18/480
    ...many(36, { route: "execute", pi: 0.5, labels: { audit: "positive" } }),
    ...many(4, { route: "execute", pi: 0.5, labels: { audit: "negative" } }),
    ...many(39, { route: "execute", pi: 0.1, labels: { audit: "positive" } }),
    ...many(1, { route: "execute", pi: 0.1, labels: { audit: "negative" } }),
    ...many(3, { route: "execute", pi: 0.5, execution: "failed", labels: { audit: "negative" } }),
    ...many(2, { route: "execute", pi: 0.5, execution: "pending" }),
    ...many(5, { route: "decline", predicted: "negative", pi: 0.5, labels: { audit: "positive" } }),
    ...many(2, { route: "execute", pi: 0.1, labels: { outcome: "negative" } }),
    ...many(6, { route: "execute", pi: 0.1, labels: { outcome: "positive" } }),
  ]);
  const [execute, decline] = await autoErrors(org.auditor, {});
  expect(execute).toMatchObject({ route: "execute", alone: 88 });
  expect(execute?.audited.value).toBeCloseTo(18 / 480, 12);
  // (480)² / (40·4 + 40·100)
  expect(execute?.audited.ess).toBeCloseTo(480 ** 2 / 4160, 9);
  expect(execute?.audited.n).toBe(80);
  expect(execute?.outcomes).toMatchObject({ value: 0.25, n: 8 });
  // Five judgements are no figure, however wrong they are.
  expect(decline?.audited).toMatchObject({ value: null, n: 5, needed: 30 });
  expect(decline).toMatchObject({ alone: 5 });
});

test("time to decision is of what a person ruled on, with half and nine tenths of it", async () => {
  const { org, desk } = await aDesk();
  const times = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
  await aPopulation(db, org, desk, [
    ...times.map((seconds) => ({ route: "review", seconds }) as const),
    { route: "execute", seconds: 9000 },
    { status: "in_review" },
  ]);
  const { p50, p90 } = (await overview(org.admin, {})).time_to_decision;
  expect(p50).toMatchObject({ unit: "seconds", value: 55, n: 10 });
  expect(p90.value).toBeCloseTo(91, 9);
  expect(p50.lower).toBeLessThan(55);
  expect(p50.upper).toBeGreaterThan(55);
});

test("filters: app, type, prompt version and range; another organisation sees nothing, an app's key its own", async () => {
  const { org, desk } = await aDesk();
  const other = await aRefundDesk(db, org);
  const long = new Date(Date.now() - 40 * 86_400_000);
  await aPopulation(db, org, desk, [
    { promptVersion: "a" },
    { promptVersion: "b" },
    { promptVersion: "b", createdAt: long },
  ]);
  await aPopulation(db, org, other, [{ promptVersion: "b" }]);
  const count = async (filter: Parameters<typeof overview>[1], ctx = org.admin) =>
    (await overview(ctx, filter)).decisions;
  expect(await count({})).toBe(3);
  expect(await count({ from: new Date(long.getTime() - 1000).toISOString() })).toBe(4);
  expect(
    await count({
      from: new Date(0).toISOString(),
      to: new Date(Date.now() - 39 * 86_400_000).toISOString(),
    }),
  ).toBe(1);
  expect(await count({ app: desk.app })).toBe(2);
  expect(await count({ type: other.typeKey })).toBe(1);
  expect(await count({ prompt_version: "b" })).toBe(2);
  expect(await count({ app: "nowhere" })).toBe(0);
  expect(await count({}, await org.keyOf(other.app, ["decisions:read"]))).toBe(1);
  expect(await count({}, (await anOrg(db)).admin)).toBe(0);
  await expect(count({}, await org.keyOf(other.app, ["feedback:write"]))).rejects.toMatchObject({
    kind: "forbidden",
  });
});
