import { beforeAll, describe, expect, test } from "vitest";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { testDatabase } from "@/db/testing";
import { newId } from "@/lib/kernel/ids";
import { decisionPage, type DecisionListQuery } from "../list";
import { decisionStatuses, routes } from "../schema";
import { countNewDecisions } from "./count-new-decisions";
import { listDecisionRows } from "./list-decision-rows";

const { db } = await testDatabase();
const total = decisionPage * 2 + 3;
let org: TestOrg;
let desk: TestDesk;
let other: TestDesk;
let oldest: string[];

beforeAll(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  other = await aRefundDesk(db, org);
  oldest = [];
  const ids = Array.from({ length: total }, () => newId("decision")).toSorted();
  for (const [at, id] of ids.entries()) {
    // Threes share a moment, as a batch does.
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, Math.floor(at / 3)));
    const declined = at % 5 === 0;
    await aDecision(db, org, at % 7 === 0 ? other : desk, {
      id,
      createdAt,
      externalId: `ext-${at}`,
      subjectType: "customer",
      subjectId: `cus_${at % 10}`,
      ...(declined ? { status: "declined", route: "decline" } : {}),
    });
    oldest.push(id);
  }
});

const idsOf = async (query: DecisionListQuery) =>
  (await listDecisionRows(org.reviewer, query)).data.map(({ id }) => id);

describe("pages", () => {
  test("walk the whole list once, forwards and back, also where many share a moment", async () => {
    const newestFirst = oldest.toReversed();
    const first = await listDecisionRows(org.reviewer, {});
    expect(first).toMatchObject({ older: true, newer: false });
    const second = await listDecisionRows(org.reviewer, { after: first.data.at(-1)?.id });
    const third = await listDecisionRows(org.reviewer, { after: second.data.at(-1)?.id });
    expect(third).toMatchObject({ older: false, newer: true });
    expect([...first.data, ...second.data, ...third.data].map(({ id }) => id)).toEqual(newestFirst);
    const back = await listDecisionRows(org.reviewer, { before: third.data[0]?.id });
    expect(back.data).toEqual(second.data);
    expect(back).toMatchObject({ older: true, newer: true });
    expect(await listDecisionRows(org.reviewer, { before: second.data[0]?.id })).toMatchObject({
      newer: false,
    });
  });
});

describe("filters", () => {
  test("by app, type, route and status hold together", async () => {
    expect(await idsOf({ app: other.app })).toHaveLength(Math.ceil(total / 7));
    expect(await idsOf({ type: other.typeKey })).toEqual(await idsOf({ app: other.app }));
    const declined = oldest.filter((_id, at) => at % 5 === 0).toReversed();
    expect(await idsOf({ route: "decline" })).toEqual(declined);
    expect(await idsOf({ status: "declined" })).toEqual(declined);
    expect(await idsOf({ status: "declined", route: "review" })).toEqual([]);
    expect(await idsOf({ status: "recorded", route: "review" })).toEqual([]);
  });

  test("by day include both ends", async () => {
    expect(await idsOf({ from: "2026-01-01", to: "2026-01-01" })).toHaveLength(decisionPage);
    expect(await idsOf({ to: "2025-12-31" })).toEqual([]);
    expect(await idsOf({ from: "2026-01-02" })).toEqual([]);
    expect(await idsOf({ "created_at[lt]": "2026-01-01T00:01:00Z" })).toEqual(
      oldest.slice(0, 3).toReversed(),
    );
  });

  test("search finds an id, an app's own id and a subject", async () => {
    expect(await idsOf({ q: oldest[4] })).toEqual([oldest[4]]);
    expect(await idsOf({ q: "ext-9" })).toEqual([oldest[9]]);
    expect(await idsOf({ q: "cus_3" })).toEqual(await idsOf({ subject: "cus_3" }));
    expect(await idsOf({ q: "nothing' or 1=1 --" })).toEqual([]);
  });

  test("of every status and route answer", async () => {
    for (const status of decisionStatuses) {
      const all = await idsOf({ status });
      const split = await Promise.all(routes.map((route) => idsOf({ status, route })));
      expect(split.flat().every((id) => all.includes(id))).toBe(true);
    }
  });
});

test("nobody sees another organisation's decisions, and a key its own app's only", async () => {
  const stranger = await anOrg(db);
  expect((await listDecisionRows(stranger.reviewer, {})).data).toEqual([]);
  expect((await listDecisionRows(stranger.reviewer, { q: oldest[4] })).data).toEqual([]);
  const key = await org.keyOf(other.app, ["decisions:read"]);
  const rows = await listDecisionRows(key, {});
  expect(new Set(rows.data.map(({ app }) => app.key)).size).toBe(1);
});

test("what came in since is counted by the same filter", async () => {
  const since = oldest[10] ?? "";
  expect(await countNewDecisions(org.reviewer, { since })).toBe(Math.min(100, total - 11));
  expect(await countNewDecisions(org.reviewer, { since, route: "decline" })).toBe(
    oldest.filter((_id, at) => at > 10 && at % 5 === 0).length,
  );
});
