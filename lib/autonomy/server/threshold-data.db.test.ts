import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { aPopulation, type Member } from "@/lib/evaluations/server/testing-population";
import { newId } from "@/lib/kernel/ids";
import type { Reason } from "@/lib/decisions/schema";
import type { Terms } from "../schema";
import { FlipQuery, ThresholdData, type ThresholdQuery } from "../threshold-endpoints";
import { getThresholdData } from "./get-threshold-data";
import { listFlips } from "./list-flips";

const { db } = await testDatabase();

async function aDesk(members: readonly Member[] = []) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, auditRate: 0.1, version: 1 },
  });
  const ids = await aPopulation(db, org, desk, members);
  const asked = (more: Partial<ThresholdQuery> = {}) => {
    return { app: desk.app, type: desk.typeKey, predicted: "positive", days: "30", ...more } as const;
  };
  return { org, desk, ids, asked };
}

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
const overCap: Reason = { kind: "cap", code: "over_cap", message: "The amount is above what may run alone" };

describe("what a threshold can be judged by", () => {
  test("each label carries its chance; an outcome that nobody drew is told apart, an outcome of a drawn one is not", async () => {
    const { org, desk, asked } = await aDesk([
      { confidence: 0.5, route: "review", labels: { review: "negative" }, createdAt: ago(1) },
      { confidence: 0.95, route: "execute", pi: 0.1, labels: { audit: "positive" }, createdAt: ago(2) },
      { confidence: 0.96, route: "execute", pi: 0.1, labels: { outcome: "negative" }, createdAt: ago(3) },
      { confidence: 0.97, route: "execute", pi: 0.1, createdAt: ago(4) },
      {
        confidence: 0.6,
        route: "review",
        labels: { review: "positive", outcome: "negative" },
        createdAt: ago(5),
      },
    ]);
    const drawn = await aDecision(db, org, desk, {
      confidence: 0.98,
      status: "approved",
      piLabel: 0.1,
      auditDrawn: true,
      createdAt: ago(6),
    });
    await label(drawn.id, { truth: "negative", truthSource: "outcome", truthPi: 1 });
    const { columns } = await getThresholdData(org.auditor, asked());
    expect(columns).toMatchObject({
      score: [0.5, 0.95, 0.96, 0.97, 0.6, 0.98],
      label: "wrWuww",
      pi: [1, 0.1, 1, 1, 1, 0.1],
      alone: "011101",
      held: "000000",
    });
  });

  test("the answer keeps to its contract, and names what is in force, who set it and what a wrong one costs", async () => {
    const { org, desk, asked } = await aDesk([{ confidence: 0.7 }, { confidence: null }]);
    await db
      .update(schema.decisionTypes)
      .set({ costWrongYes: 12_000, costWrongNo: 300 })
      .where(eq(schema.decisionTypes.id, desk.type));
    const data = ThresholdData.parse(await getThresholdData(org.reviewer, asked()));
    expect(data).toMatchObject({
      total: 2,
      without_confidence: 1,
      truncated: false,
      in_force: { level: "auto", threshold: 0.9, audit_rate: 0.1, by: "hand" },
      cost_wrong: { amount: 12_000, currency: "EUR" },
      handling: { n: 0, median_seconds: null },
    });
    const negative = await getThresholdData(org.reviewer, asked({ predicted: "negative" }));
    expect(negative).toMatchObject({
      total: 0,
      from: "",
      columns: { score: [], label: "" },
      cost_wrong: { amount: 300 },
    });
  });

  test("what a cap or a policy held back is marked; what only the level or a threshold held back is not", async () => {
    const { org, desk, asked } = await aDesk();
    const level: Reason = { kind: "level", code: "review_all", message: "A person rules on everything" };
    const cases = [[overCap, level], [level], [{ ...overCap, kind: "policy" as const, code: "large" }]];
    for (const [at, reasons] of cases.entries()) {
      await aDecision(db, org, desk, { confidence: at / 10, reasons, createdAt: ago(at) });
    }
    expect((await getThresholdData(org.auditor, asked())).columns).toMatchObject({
      score: [0, 0.1, 0.2],
      held: "101",
    });
  });

  test("a contract in force is named, and asking for it leaves only the amounts that it covers", async () => {
    const { org, desk, asked } = await aDesk();
    for (const amount of [500, 20_000, null]) {
      await aDecision(db, org, desk, { confidence: 0.8, amount, createdAt: ago(1) });
    }
    const contract = await aContract(org, desk, { amountFrom: 10_000 });
    expect(await getThresholdData(org.auditor, asked({ contract }))).toMatchObject({
      total: 1,
      in_force: { level: "auto", threshold: 0.8, audit_rate: 0.2, by: "contract" },
      contracts: [{ id: contract, amount_from: 10_000, amount_to: null, alpha: 0.02, delta: 0.05 }],
      columns: { amount: [20_000] },
    });
    await expect(getThresholdData(org.auditor, asked({ contract: "ctr_none" }))).rejects.toMatchObject({
      kind: "not_found",
    });
  });

  test("segments are coded, measures are left out, and older ones only in a longer period", async () => {
    const { org, desk, asked } = await aDesk();
    const base = { confidence: 0.8, promptVersion: "v2", model: { name: "gpt-x" }, subjectType: "order" };
    await aDecision(db, org, desk, { ...base, metadata: { language: "de" }, createdAt: ago(1) });
    await aDecision(db, org, desk, { ...base, createdAt: ago(2) });
    await aDecision(db, org, desk, { ...base, measure: true, createdAt: ago(3) });
    await aDecision(db, org, desk, { ...base, metadata: { language: "de" }, createdAt: ago(24 * 40) });
    const [month, all] = [
      await getThresholdData(org.auditor, asked()),
      await getThresholdData(org.auditor, asked({ days: "all" })),
    ];
    expect(month.columns.segment).toEqual([0, 1]);
    expect(all.columns).toMatchObject({ segment: [0, 1, 0], day: [0, 0, 39] });
    expect(all.segments).toEqual([
      { subject_type: "order", model: "gpt-x", prompt_version: "v2", language: "de" },
      { subject_type: "order", model: "gpt-x", prompt_version: "v2", language: null },
    ]);
  });

  test("an app's key sees its own app, needs the scope, and another organisation's is not there", async () => {
    const { org, desk, asked } = await aDesk([{}]);
    const other = await aDesk();
    const own = await org.keyOf(desk.app, ["decisions:read"]);
    expect((await getThresholdData(own, asked())).total).toBe(1);
    const second = await aRefundDesk(db, org);
    await expect(getThresholdData(own, asked({ type: second.typeKey }))).resolves.toMatchObject({ total: 0 });
    await expect(getThresholdData(own, { ...asked(), app: second.app })).rejects.toMatchObject({
      kind: "not_found",
    });
    const writer = await org.keyOf(desk.app, ["feedback:write"]);
    await expect(getThresholdData(writer, asked())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(getThresholdData(other.org.admin, asked())).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("decisions that would have gone another way", () => {
  const query = (desk: TestDesk, threshold: number, more: object = {}) => ({
    ...FlipQuery.parse({ type: desk.typeKey, threshold, ...more }),
    app: desk.app,
  });

  test("each is where it went and would go, newest first, page by page, with what was right", async () => {
    const { org, desk, ids } = await aDesk([
      { confidence: 0.95, route: "execute", labels: { audit: "negative" }, pi: 0.1 },
      { confidence: 0.85, route: "review", labels: { review: "positive" } },
      { confidence: 0.99, route: "execute" },
      { confidence: 0.4, route: "review" },
      { confidence: 0.96, route: "review" },
    ]);
    const higher = await listFlips(org.auditor, query(desk, 0.97));
    expect(higher.data.map(({ id, would, verdict, verdict_by }) => [id, would, verdict, verdict_by])).toEqual(
      [[ids[0], "person", "wrong", "audit"]],
    );
    const lower = query(desk, 0.8, { limit: 1 });
    const first = await listFlips(org.auditor, lower);
    expect(first).toMatchObject({ has_more: true, data: [{ id: ids[4], would: "alone", verdict: null }] });
    const second = await listFlips(org.auditor, { ...lower, starting_after: ids[4] });
    expect(second).toMatchObject({
      has_more: false,
      data: [{ id: ids[1], verdict: "right", verdict_by: "review" }],
    });
    expect(second.data[0]?.summary).toContain("€18.00");
  });

  test("what a hard rule held back is in no list, whatever the threshold", async () => {
    const { org, desk } = await aDesk();
    await aDecision(db, org, desk, { confidence: 0.99, reasons: [overCap] });
    expect((await listFlips(org.auditor, query(desk, 0))).data).toEqual([]);
  });

  test("a reviewer who answers first is not shown what a blind review hides", async () => {
    const { org, desk } = await aDesk();
    const { reviewId } = await aDecision(db, org, desk, { confidence: 0.99 });
    await db
      .update(schema.reviews)
      .set({ blind: true })
      .where(eq(schema.reviews.id, reviewId ?? ""));
    expect((await listFlips(org.reviewer, query(desk, 0.5))).data).toEqual([]);
    expect((await listFlips(org.auditor, query(desk, 0.5))).data).toHaveLength(1);
  });
});

type Known = Pick<typeof schema.decisions.$inferInsert, "truth" | "truthSource" | "truthPi">;
async function label(id: string, known: Known): Promise<void> {
  await db.update(schema.decisions).set(known).where(eq(schema.decisions.id, id));
}

async function aContract(
  org: TestOrg,
  desk: TestDesk,
  { amountFrom }: { amountFrom: number },
): Promise<string> {
  const [id, epochId] = [newId("contract"), newId("epoch")];
  const { orgId } = org;
  const terms = { alpha: 0.02, delta: 0.05 } as Terms;
  await db.transaction(async (tx) => {
    await tx.insert(schema.contracts).values({
      id,
      orgId,
      appId: desk.app,
      typeId: desk.type,
      predicted: "positive",
      amountFrom,
      terms,
      level: "auto",
      threshold: 0.8,
      auditRate: 0.2,
      epochId,
      createdBy: "user:test",
    });
    await tx.insert(schema.contractEpochs).values({
      id: epochId,
      orgId,
      contractId: id,
      number: 1,
      cause: "created",
      why: "The contract was made",
      pins: {},
    });
  });
  return id;
}
