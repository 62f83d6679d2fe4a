import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { anEvaluator } from "@/lib/evaluators/server/testing-evaluators";
import { archiveEvaluator } from "@/lib/evaluators/server/update-evaluator";
import { CreateModel } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import type { AskedChat } from "@/lib/models/testing-asked-chat";
import { anOpenAiServer, type SaidChat } from "@/lib/models/testing-openai-server";
import { moveVersion } from "@/lib/prompts/server/move-version";
import { rowsOf } from "@/lib/server/rows";
import type { NewExperiment } from "../experiments";
import { askAgain } from "./ask-again";
import { createExperiment } from "./create-experiment";
import { getExperiment } from "./get-experiment";
import { listExperimentItems } from "./list-experiment-items";
import { resumeExperiment } from "./resume-experiment";
import { runExperiments } from "./run-experiments";
import { anImportedVersion, aPrompt, caseOf, refundAnswer, someCases } from "./testing-experiments";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
let server: Awaited<ReturnType<typeof anOpenAiServer>>;
/** What the judge's model says of a case; the candidates' model is right about every one. */
let judge: (asked: AskedChat) => SaidChat;

const right = (n: number): SaidChat => ({ answer: refundAnswer(n % 3 === 0 ? "negative" : "positive") });
const verdict = (passed: boolean) => ({
  answer: { output: { score: passed ? 0.9 : 0.2, label: "fair", passed, rationale: "It is short." } },
  inputTokens: 100,
  outputTokens: 20,
});
// It passes what was right: refunding every third case is wrong.
const fairly = ({ text }: AskedChat): SaidChat => {
  const acts = text.includes("to act") && !text.includes("not to act");
  return verdict(acts === (caseOf(text) % 3 !== 0));
};

beforeEach(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  judge = fairly;
  server = await anOpenAiServer(
    (asked) => (asked.model === "judge-1" ? judge(asked) : right(caseOf(asked.text))),
    { apiKey: null },
  );
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = server.host;
});
afterEach(() => server.close());

async function aJudge(more: { price?: number | null; floor?: number } = {}) {
  const { price = 1_000_000, floor = null } = more;
  const prices = price === null ? {} : { input_price_micros: price, output_price_micros: price };
  const model = CreateModel.parse({
    key: "judge",
    name: "Judge",
    provider: "openai_compatible",
    model: "judge-1",
    base_url: server.baseUrl,
    max_retries: 0,
    ...prices,
  });
  await createModel(org.admin, model);
  return anEvaluator(org.admin, desk.app, {
    name: "Judge",
    kind: "llm_judge",
    config: { model: model.key, rubrics: { output: "Good answers are right." } },
    kappa_floor: floor,
  });
}

async function started(more: Partial<NewExperiment> & { cases?: number } = {}) {
  const { cases = 12, ...input } = more;
  const { versionId } = await aPrompt(db, org, desk, server.baseUrl);
  const version = await anImportedVersion(org, desk, someCases(cases));
  return createExperiment(org.admin, {
    name: "Judged",
    dataset_version: version.id,
    candidates: [
      { kind: "recorded", baseline: true },
      { kind: "prompt", id: versionId, baseline: false },
    ],
    margin: 0.02,
    ...input,
  });
}

async function runAll(pace = {}) {
  while ((await runExperiments(org.system, pace)) > 0);
}
const look = (id: string) => getExperiment(org.admin, { experiment: id });
const judged = () => server.asked.filter(({ model }) => model === "judge-1");

test("a judge scores every answer once, its cost is spent, and its pass rate stands beside the baseline's", async () => {
  const { id: evaluator } = await aJudge();
  const { id } = await started();
  await runAll();
  const view = await look(id);
  expect(view).toMatchObject({
    status: "done",
    evaluators: [{ id: evaluator, kind: "llm_judge", counts: true }],
    scores: { done: 24, total: 24, failed: 0, interrupted: 0 },
  });
  expect(judged()).toHaveLength(24);
  // 12 answers of the prompt and 24 of the judge, 120 each.
  expect(view.spent_micros).toBe(36 * 120);
  const [base, own] = view.summary?.map(({ evaluators }) => evaluators[0]) ?? [];
  expect(base).toMatchObject({ n: 12, quality: "output", cost_micros: 12 * 120, difference: null });
  expect(base?.passed?.value).toBeCloseTo(2 / 3, 12);
  expect(own).toMatchObject({ n: 12, counts: true });
  expect(own?.passed?.value).toBe(1);
  expect(own?.difference?.value).toBeCloseTo(1 / 3, 12);
  expect(own?.difference?.low).toBeGreaterThan(0);
  const { data } = await listExperimentItems(org.admin, { experiment: id, show: "all", limit: 1 });
  expect(data[0]?.results.map(({ scores }) => scores)).toMatchObject([
    [{ evaluator_id: evaluator, status: "done", passed: false, score: 0.2, rationale: "It is short." }],
    [{ passed: true, score: 0.9 }],
  ]);
});

test("a judge below its floor is shown and does not count; one that is put away is not asked", async () => {
  const { id: evaluator } = await aJudge();
  await db.update(schema.evaluators).set({ status: "demoted" }).where(eq(schema.evaluators.id, evaluator));
  const { id } = await started({ cases: 3 });
  await runAll();
  expect((await look(id)).summary?.[1]?.evaluators).toMatchObject([{ n: 3, counts: false }]);
  await archiveEvaluator(org.admin, { evaluator });
  const { id: later } = await started({ cases: 3 });
  await runAll();
  expect(await look(later)).toMatchObject({ status: "done", evaluators: [], scores: { total: 0 } });
});

test("who is asked can be chosen, and a cap wants the judge's price", async () => {
  const { id: evaluator } = await aJudge({ price: null });
  await expect(started({ cost_cap_micros: 1_000_000 })).rejects.toMatchObject({
    errors: [{ pointer: "/evaluators" }],
  });
  await expect(started({ evaluators: [evaluator, "evl_none"] })).rejects.toMatchObject({
    errors: [{ pointer: "/evaluators/1" }],
  });
  const { id } = await started({ cases: 3, evaluators: [], cost_cap_micros: 1_000_000 });
  await runAll();
  expect(await look(id)).toMatchObject({ status: "done", evaluators: [] });
  expect(judged()).toHaveLength(0);
});

test("the cap holds for judges too, and going on pays for nothing twice", async () => {
  await aJudge();
  // The prompt's answers cost 1,440 and at most 1,700 each; a judge's question may cost about 7,500.
  const { id } = await started({ cost_cap_micros: 10_000 });
  await runAll({ atOnce: 3 });
  const paused = await look(id);
  expect(paused).toMatchObject({ status: "paused", done: 24 });
  expect(paused.why).toContain("The cap is 0.0100");
  expect(paused.spent_micros).toBeLessThanOrEqual(10_000);
  expect(paused.scores.done).toBeLessThan(24);
  await resumeExperiment(org.admin, { experiment: id, cost_cap_micros: null });
  await runAll();
  expect(await look(id)).toMatchObject({ status: "done", scores: { done: 24 }, spent_micros: 36 * 120 });
  expect(judged()).toHaveLength(24);
});

test("what a judge was being asked when its worker ended is not asked again before a person says so", async () => {
  await aJudge();
  const { id } = await started({ cases: 4 });
  // A worker that ends while it waits for the judge leaves the row as asked, and the lease runs out.
  judge = () => "cut";
  await runAll();
  await rowsOf(
    db,
    sql`update experiment_scores set status = 'running', reserved_micros = 5000, started_at = now()
      where experiment_id = ${id} and position = 0`,
  );
  await rowsOf(
    db,
    sql`update experiments set status = 'running', lease_until = now() - interval '1 second', scores_done = scores_done - 2
      where id = ${id}`,
  );
  const before = judged().length;
  judge = fairly;
  await runAll();
  expect(judged()).toHaveLength(before);
  const view = await look(id);
  expect(view).toMatchObject({ status: "done", scores: { done: 8, failed: 6, interrupted: 2 } });
  expect(view.spent_micros).toBe(4 * 120 + 10_000);
  await askAgain(org.admin, { experiment: id, of: "interrupted" });
  await runAll();
  expect(judged()).toHaveLength(before + 2);
  expect(await look(id)).toMatchObject({ status: "done", scores: { done: 8, interrupted: 0, failed: 6 } });
});

test("a judge that answers nothing is left alone after ten, the figures come out, and it can be asked again", async () => {
  await aJudge();
  judge = () => ({ status: 400 });
  const { id } = await started({ cases: 30 });
  await runAll({ atOnce: 1 });
  expect(judged()).toHaveLength(10);
  const view = await look(id);
  expect(view).toMatchObject({ status: "done", gate: "passed", failed: 0, scores: { done: 60, failed: 60 } });
  judge = fairly;
  await askAgain(org.admin, { experiment: id, of: "failed" });
  await runAll();
  expect(await look(id)).toMatchObject({ status: "done", scores: { done: 60, failed: 0 } });
  expect(judged()).toHaveLength(70);
});

test("a prompt version whose last experiment failed its gate goes into force only on a person's word, with a reason", async () => {
  const { versionId } = await aPrompt(db, org, desk, server.baseUrl);
  const [row] = await db.select().from(schema.promptVersions).where(eq(schema.promptVersions.id, versionId));
  // What was recorded is wrong on every third case; a prompt that is right on none is measurably worse.
  const wrongly = await anOpenAiServer(
    ({ text }) => ({ answer: refundAnswer(caseOf(text) % 3 === 0 ? "positive" : "negative") }),
    { apiKey: null },
  );
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = wrongly.host;
  await db
    .update(schema.models)
    .set({ baseUrl: wrongly.baseUrl })
    .where(eq(schema.models.id, row?.modelId ?? ""));
  const version = await anImportedVersion(org, desk, someCases(60));
  const { id } = await createExperiment(org.admin, {
    name: "Worse",
    dataset_version: version.id,
    candidates: [
      { kind: "recorded", baseline: true },
      { kind: "prompt", id: versionId, baseline: false },
    ],
    margin: 0.02,
  });
  await runAll();
  wrongly.close();
  expect((await look(id)).gate).toBe("failed");
  const step = { app: desk.app, prompt: row?.promptId ?? "", version: 1, to: "active" as const };
  await expect(moveVersion(org.admin, { ...step, note: "hurry" })).rejects.toMatchObject({
    code: "gate_failed",
    errors: [{ pointer: "/despite_gate" }],
  });
  await expect(moveVersion(org.admin, { ...step, note: "", despite_gate: true })).rejects.toMatchObject({
    errors: [{ pointer: "/note" }],
  });
  const moved = await moveVersion(org.admin, { ...step, note: "The set is stale", despite_gate: true });
  expect(moved.active).toBe(1);
  const [told] = await db.select().from(schema.journal).where(eq(schema.journal.action, "prompt.activated"));
  expect(told?.entry).toContain(id);
  expect(told?.entry).toContain("The set is stale");
  // A rollback to what was in force before asks nobody.
  await moveVersion(org.admin, { ...step, to: "retired", note: "" });
  await moveVersion(org.admin, { ...step, note: "" });
});

test("a team's own service is asked about every answer, with a message's id of its own, and costs nothing here", async () => {
  const heard: string[] = [];
  const service = createServer((request, response) => {
    heard.push(String(request.headers["webhook-id"]));
    request.resume().on("end", () => response.end('{"score": 0.7, "passed": true}'));
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const { port } = service.address() as AddressInfo;
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `${server.host},127.0.0.1:${port}`;
  const config = { url: `http://127.0.0.1:${port}/score`, timeout_ms: 2000 };
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  await anEvaluator(org.admin, desk.app, { name: "Ours", kind: "http", config, secret });
  const { id } = await started({ cases: 4, cost_cap_micros: 1_000_000 });
  await runAll();
  service.close();
  expect(new Set(heard).size).toBe(8);
  const view = await look(id);
  expect(view).toMatchObject({ status: "done", scores: { done: 8, failed: 0 }, spent_micros: 4 * 120 });
  expect(view.summary?.[0]?.evaluators[0]).toMatchObject({ kind: "http", n: 4, score: 0.7 });
});
