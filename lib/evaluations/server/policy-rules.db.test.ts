import { beforeAll, beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Reason, Truth } from "@/lib/decisions/schema";
import { listDecisionRows } from "@/lib/decisions/server/list-decision-rows";
import { DecisionListQuery } from "@/lib/decisions/list";
import { recordLabel } from "@/lib/decisions/server/record-label";
import { newId } from "@/lib/kernel/ids";
import type { PolicyRule } from "@/lib/policies/schema";
import { weightedProportion } from "@/lib/stats/weighted-proportion";
import { getTile } from "./get-tile";
import { forgetKept } from "./kept";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
let live: string;
let shadow: string;

const rules: PolicyRule[] = [
  { id: "large", when: "decision.amount > 1000", effect: "require_review" },
  { id: "banned", when: "decision.amount > 5000", effect: "decline" },
];

beforeAll(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  live = await aVersion("Refund limits", "published");
  shadow = await aVersion("Tighter limits", "shadow");
});

async function aVersion(name: string, status: "published" | "shadow"): Promise<string> {
  const [policy, id] = [newId("policy"), newId("policyVersion")];
  await db
    .insert(schema.policies)
    .values({ id: policy, orgId: org.orgId, appId: desk.app, key: policy, name, createdBy: "user:usr_a" });
  await db.insert(schema.policyVersions).values({
    id,
    orgId: org.orgId,
    policyId: policy,
    number: 1,
    status,
    rules,
    fixtures: [],
    editedBy: "user:usr_a",
    ...(status === "published" ? { publishedBy: "user:usr_b", publishedAt: new Date() } : {}),
  });
  return id;
}

// A slow machine keeps its answers for a minute.
beforeEach(forgetKept);

const said = (rule: string): Reason => ({
  kind: "policy",
  code: "policy_review",
  message: `Refund limits: ${rule}`,
  detail: { version_id: live, rule, policy: "Refund limits" },
});
const unsure: Reason = { kind: "confidence", code: "below_threshold", message: "Not sure enough" };

type Stop = {
  reasons: Reason[];
  route: "review" | "decline";
  truth: Truth | null;
  edited?: boolean;
  pi?: number;
};

async function stopped({ reasons, route, truth, edited, pi = 1 }: Stop): Promise<string> {
  const { id } = await aDecision(db, org, desk, {
    route,
    reasons,
    status:
      truth === null ? "in_review" : truth === "positive" && route === "review" ? "approved" : "declined",
    withReview: false,
    editedArguments: edited ? { invoice: "INV-0001", amount: 1, currency: "EUR" } : null,
  });
  if (truth !== null) {
    const source = route === "decline" ? ("audit" as const) : ("review" as const);
    await recordLabel(org.system, { decisionId: id, source, truth, piLabel: pi, actor: "system:test" });
  }
  return id;
}

const times = async (count: number, stop: Stop) => {
  for (let at = 0; at < count; at += 1) await stopped(stop);
};

async function lineOf(name: string) {
  const { table } = await getTile(org.admin, { tile: "policy_rules" });
  const row = table.rows.find(([rule]) => rule === name);
  return Object.fromEntries(table.columns.map((column, at) => [column, row?.[at] ?? null]));
}

test("a rule in force: what it held back, what only it asked for, and how often people agreed", async () => {
  const only = [said("large")];
  await times(20, { reasons: only, route: "review", truth: "negative" });
  await times(15, { reasons: only, route: "review", truth: "positive" });
  await times(3, { reasons: only, route: "review", truth: "positive", edited: true });
  await times(2, { reasons: [said("large"), unsure], route: "review", truth: null });
  const agreed = weightedProportion(
    Array.from({ length: 38 }, (_, at) => ({ value: at < 23 ? 1 : 0 })),
    {},
  );
  if (agreed.kind === "insufficient") throw new Error("thirty-eight are enough");
  expect(await lineOf("Refund limits v1: large")).toMatchObject({
    State: "in force",
    Fired: 40,
    "Extra reviews": 38,
    "Truth known": 38,
    Agreed: expect.closeTo(23 / 38, 12) as number,
    Lower: expect.closeTo(agreed.lower, 12) as number,
    Upper: expect.closeTo(agreed.upper, 12) as number,
    "Wrong ones caught": 23,
  });
});

test("a rule that declines was right where acting was wrong, weighted by the audit that says so", async () => {
  const declined = { reasons: [said("banned")], route: "decline" as const };
  await times(30, { ...declined, truth: "negative", pi: 0.5 });
  await times(10, { ...declined, truth: "positive", pi: 0.25 });
  const line = await lineOf("Refund limits v1: banned");
  expect(line).toMatchObject({ Fired: 40, "Extra reviews": 0, "Truth known": 40, "Wrong ones caught": 30 });
  expect(line["Agreed"]).toBeCloseTo(60 / 100, 12);
});

test("a rule in shadow: what it would have routed otherwise, and whether that would have been right", async () => {
  const diverged = async (truth: Truth, would: string) => {
    const { id } = await aDecision(db, org, desk, { status: "approved", route: "execute" });
    await recordLabel(org.system, {
      decisionId: id,
      source: "outcome",
      truth,
      piLabel: 1,
      actor: "system:test",
    });
    await db.insert(schema.policyDivergences).values({
      id: newId("divergence"),
      orgId: org.orgId,
      versionId: shadow,
      decisionId: id,
      ruleId: "large",
      was: "execute",
      would,
    });
  };
  for (let at = 0; at < 40; at += 1) await diverged(at < 30 ? "positive" : "negative", "review");
  const line = await lineOf("Tighter limits v1: large");
  expect(line).toMatchObject({
    State: "in shadow",
    Fired: 40,
    "Extra reviews": 40,
    "Wrong ones caught": 10,
  });
  expect(line["Agreed"]).toBeCloseTo(10 / 40, 12);
});

test("each rule leads to the decisions it held back", async () => {
  const { picture } = await getTile(org.admin, { tile: "policy_rules" });
  const bars = picture?.kind === "bars" ? picture.bars : [];
  const href = bars.find(({ label }) => label.startsWith("Refund limits v1: banned"))?.href ?? "";
  const query = DecisionListQuery.parse(Object.fromEntries(new URL(href, "http://localhost").searchParams));
  const { data } = await listDecisionRows(org.admin, query);
  expect(data).toHaveLength(40);
  expect(new Set(data.map(({ route }) => route))).toEqual(new Set(["decline"]));
});

test("another house's policies are none of this one's", async () => {
  const house = await anOrg(db);
  const { table, sentence } = await getTile(house.admin, { tile: "policy_rules" });
  expect(table.rows).toEqual([]);
  expect(sentence).toBe("No policy is in force or in shadow here.");
});
