import { randomBytes } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { CreateModel } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import { updateModel } from "@/lib/models/server/update-model";
import { anOpenAiServer, type SaidChat } from "@/lib/models/testing-openai-server";
import { updateEvaluatorRule } from "./change-rules";
import { addEvaluatorVersion } from "./create-evaluator";
import { listScores, listScoresOf } from "./list-scores";
import { openScores } from "./open-scores";
import { retryScore } from "./retry-score";
import { runScores } from "./run-scores";
import { scoringCoin } from "./scoring-coin";
import { anEvaluator, aRule, openAll } from "./testing-evaluators";
import { tryEvaluator } from "./try-evaluator";
import { archiveEvaluator } from "./update-evaluator";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
/** The judge's model, and what it says to every question. */
let fake: Awaited<ReturnType<typeof anOpenAiServer>>;
let said: SaidChat;
beforeAll(() => void vi.stubEnv("COUNTERSIGN_AUDIT_SECRET", "for tests only"));
beforeEach(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  fake = await anOpenAiServer(() => said);
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});
afterEach(() => fake.close());

// The cursor of a rule made this millisecond may be this millisecond's: decisions come a little later.
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

async function runAll(): Promise<void> {
  while ((await runScores(org.system)) > 0);
}
const scoresOf = (evaluator: string) =>
  db.select().from(schema.scores).where(eq(schema.scores.evaluatorId, evaluator)).orderBy(schema.scores.id);

async function aJudge(rubrics: Record<string, string> = { output: "Good answers are short." }) {
  const model = CreateModel.parse({
    key: "judge",
    name: "Judge",
    provider: "openai_compatible",
    model: "judge-1",
    base_url: fake.baseUrl,
    secret: "sk-test",
    max_retries: 0,
    input_price_micros: 2_000_000,
    output_price_micros: 10_000_000,
  });
  await createModel(org.admin, model);
  return anEvaluator(org.admin, desk.app, {
    name: "Judge",
    kind: "llm_judge",
    config: { model: model.key, rubrics },
  });
}
const runsOf = (decision: string) =>
  db.select().from(schema.runs).where(eq(schema.runs.decisionId, decision));
const verdict = (passed: boolean) => ({
  score: passed ? 0.9 : 0.1,
  label: "fair",
  passed,
  rationale: "it is short",
});
test("a rule scores what comes in after it, of its type and where its condition holds, once, each", async () => {
  await aDecision(db, org, desk);
  await later();
  const { id } = await anEvaluator(org.admin, desk.app, {});
  await aRule(org.admin, id, { condition: "decision.amount > 1000.0" });
  const other = await aRefundDesk(db, org);
  await later();
  const wanted = await aDecision(db, org, desk, { truth: "positive", truthSource: "review", truthPi: 1 });
  await aDecision(db, org, desk, { amount: 500 });
  await aDecision(db, org, other);
  await Promise.all([openAll(org.system), openAll(org.system)]);
  await runAll();
  await openAll(org.system);
  const scores = await scoresOf(id);
  expect(scores).toMatchObject([{ decisionId: wanted.id, status: "done", passed: true, score: 1, pi: 1 }]);
  expect(await listScoresOf(org.admin, { decisionId: wanted.id })).toHaveLength(1);
});

test("a share is drawn by the decision's id alone, its probability stands with the score, and of two rules the larger counts", async () => {
  const { id } = await anEvaluator(org.admin, desk.app, {});
  await aRule(org.admin, id, { rate: 0.2 });
  await aRule(org.admin, id, { rate: 0.6 });
  await later();
  const made: string[] = [];
  for (let at = 0; at < 40; at++) made.push((await aDecision(db, org, desk)).id);
  await openAll(org.system);
  const scores = await scoresOf(id);
  const expected = made.filter((decision) => scoringCoin(id, decision) < 0.6);
  expect(expected.length).toBeGreaterThan(5);
  expect(new Set(scores.map(({ decisionId }) => decisionId))).toEqual(new Set(expected));
  expect(new Set(scores.map(({ pi }) => pi))).toEqual(new Set([0.6]));
});

test("a decision whose transaction commits late is waited for, and scored", async () => {
  const { id } = await anEvaluator(org.admin, desk.app, {});
  await aRule(org.admin, id);
  await later();
  const [written, kept] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
  const slow = db.transaction(async (tx) => {
    written.resolve((await aDecision(tx, org, desk)).id);
    await kept.promise;
  });
  const late = await written.promise;
  await later();
  const quick = (await aDecision(db, org, desk)).id;
  await later();
  for (let turn = 0; turn < 5; turn += 1) await openScores(org.system, { settledAfterSeconds: 0 });
  expect(await scoresOf(id)).toEqual([]);
  kept.resolve();
  await slow;
  await openAll(org.system);
  expect((await scoresOf(id)).map(({ decisionId }) => decisionId)).toEqual([late, quick]);
});

test("what must wait for an outcome waits, and what is not known by then is not told", async () => {
  const { id } = await anEvaluator(org.admin, desk.app, {});
  await aRule(org.admin, id, { delay_seconds: 3600 });
  await later();
  await aDecision(db, org, desk);
  await openAll(org.system);
  await runAll();
  expect(await scoresOf(id)).toMatchObject([{ status: "pending", tries: 0 }]);
  await db
    .update(schema.scores)
    .set({ runAt: sql`now()` })
    .where(eq(schema.scores.evaluatorId, id));
  await runAll();
  const [score] = await scoresOf(id);
  expect(score).toMatchObject({ status: "skipped", passed: null });
  expect(score?.rationale).toContain("Nothing is known yet");
});

test("what came in while a rule was off is not scored later", async () => {
  const made = await anEvaluator(org.admin, desk.app, {});
  const { rules } = await aRule(org.admin, made.id);
  const rule = rules[0]?.id ?? "";
  await updateEvaluatorRule(org.admin, { evaluator: made.id, rule, enabled: false });
  await later();
  await aDecision(db, org, desk);
  await openAll(org.system);
  await updateEvaluatorRule(org.admin, { evaluator: made.id, rule, enabled: true });
  await later();
  const { id } = await aDecision(db, org, desk);
  await openAll(org.system);
  expect((await scoresOf(made.id)).map(({ decisionId }) => decisionId)).toEqual([id]);
});

test("a judge is asked once for all its rubrics, and each quality has a score of its own; the price is told once", async () => {
  const { id } = await aJudge({ output: "Good answers are short.", context: "Good context is whole." });
  await aRule(org.admin, id);
  await later();
  const { id: decision } = await aDecision(db, org, desk);
  said = { answer: { output: verdict(true), context: verdict(false) }, inputTokens: 10, outputTokens: 5 };
  await openAll(org.system);
  await runAll();
  expect(fake.asked).toHaveLength(1);
  expect(await runsOf(decision)).toMatchObject([{ purpose: "judge", status: "succeeded" }]);
  const scores = await scoresOf(id);
  expect(new Map(scores.map(({ quality, passed }) => [quality, passed]))).toEqual(
    new Map([
      ["output", true],
      ["context", false],
    ]),
  );
  expect(scores.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0)).toBe(70);
});

test("a model that a judge in use asks is neither archived nor made another one", async () => {
  const { id } = await aJudge();
  const change = { model_id: "judge" };
  for (const wanted of [{ archived: true }, { model: "judge-2" }]) {
    await expect(updateModel(org.admin, { ...change, ...wanted })).rejects.toMatchObject({
      code: "model_in_use",
    });
  }
  expect(await updateModel(org.admin, { ...change, name: "Renamed" })).toMatchObject({ name: "Renamed" });
  await archiveEvaluator(org.admin, { evaluator: id });
  expect(await updateModel(org.admin, { ...change, archived: true })).toMatchObject({ archived: true });
});

test("a judge that was being asked when its worker ended is not asked again; what costs nothing is done again", async () => {
  const judge = await aJudge();
  const free = await anEvaluator(org.admin, desk.app, { name: "Free" });
  for (const { id } of [judge, free]) await aRule(org.admin, id);
  await later();
  await aDecision(db, org, desk, { truth: "positive", truthSource: "review", truthPi: 1 });
  await openAll(org.system);
  const lost = { status: "running", tries: 1, leaseUntil: sql`now() - interval '1 second'` } as const;
  await db.update(schema.scores).set(lost).where(eq(schema.scores.orgId, org.orgId));
  await runAll();
  expect(fake.asked).toEqual([]);
  const [interrupted] = await scoresOf(judge.id);
  expect(interrupted).toMatchObject({ status: "failed" });
  expect(interrupted?.error).toContain("Interrupted");
  // A person may say that it is worth paying for twice, once.
  said = { answer: { output: verdict(true) } };
  const ref = { score: interrupted?.id ?? "" };
  await expect(retryScore(org.auditor, ref)).rejects.toMatchObject({ kind: "forbidden" });
  expect(await retryScore(org.admin, ref)).toMatchObject({ status: "pending" });
  await runAll();
  expect(await scoresOf(judge.id)).toMatchObject([{ status: "done", passed: true }]);
  await expect(retryScore(org.admin, ref)).rejects.toMatchObject({ kind: "conflict" });
  expect(await scoresOf(free.id)).toMatchObject([{ status: "done", tries: 2 }]);
});

test("an outage is tried again, three times at most; an answer that was paid for is not", async () => {
  const { id } = await aJudge();
  await aRule(org.admin, id);
  await later();
  await aDecision(db, org, desk);
  await openAll(org.system);
  said = { status: 503 };
  for (let at = 0; at < 5; at++) {
    await db
      .update(schema.scores)
      .set({ runAt: sql`now()` })
      .where(eq(schema.scores.evaluatorId, id));
    await runAll();
  }
  expect(fake.asked).toHaveLength(3);
  expect(await scoresOf(id)).toMatchObject([
    { status: "failed", error: "The model's provider answered HTTP 503" },
  ]);
  said = { answer: { output: "fine" } };
  await aDecision(db, org, desk);
  await openAll(org.system);
  await runAll();
  await runAll();
  expect(fake.asked).toHaveLength(4);
  const failed = (await scoresOf(id)).filter(({ status }) => status === "failed");
  expect(failed).toHaveLength(2);
});

test("a new version scores what is drawn after it; an archived evaluator scores nothing more", async () => {
  const { id } = await anEvaluator(org.admin, desk.app, {});
  await aRule(org.admin, id);
  await later();
  await aDecision(db, org, desk);
  await openAll(org.system);
  const { version } = await addEvaluatorVersion(org.admin, {
    evaluator: id,
    config: { fields: ["/amount"] },
    note: "",
  });
  await aDecision(db, org, desk);
  await openAll(org.system);
  const ofNew = await db
    .select()
    .from(schema.scores)
    .where(and(eq(schema.scores.evaluatorId, id), eq(schema.scores.versionId, version.id)));
  expect(ofNew).toHaveLength(1);
  await archiveEvaluator(org.admin, { evaluator: id });
  await aDecision(db, org, desk);
  await openAll(org.system);
  await runAll();
  expect((await scoresOf(id)).map(({ status }) => status)).toEqual(["skipped", "skipped"]);
});

test("an auditor who has still to judge a decision is not shown what evaluators said of it", async () => {
  const { id } = await anEvaluator(org.admin, desk.app, {});
  await aRule(org.admin, id);
  await later();
  const { id: decision } = await aDecision(db, org, desk, { auditDrawn: true, auditPending: true });
  await openAll(org.system);
  await runAll();
  const query = { decision, limit: 10, order: "newest" } as const;
  expect((await listScores(org.admin, query)).data).toHaveLength(1);
  expect((await listScores(org.auditor, query)).data).toHaveLength(0);
});

test("a trial scores a past decision and stores nothing; a wrong configuration is told its place", async () => {
  const { id } = await aDecision(db, org, desk);
  const trial = { app: desk.app, kind: "cel", quality: "output", decision: id } as const;
  const config = { expression: "decision.confidence > 0.5" };
  const given = await tryEvaluator(org.admin, { ...trial, config });
  expect(given).toMatchObject({ error: null, scores: [{ passed: true, score: 1 }] });
  expect(await db.select().from(schema.scores).where(eq(schema.scores.orgId, org.orgId))).toHaveLength(0);
  const wrong = tryEvaluator(org.admin, { ...trial, config: { expression: "decision.nothing > 1.0" } });
  await expect(wrong).rejects.toMatchObject({ errors: [{ pointer: "/config/expression" }] });
  await expect(tryEvaluator(org.auditor, { ...trial, config })).rejects.toMatchObject({ kind: "forbidden" });
});
