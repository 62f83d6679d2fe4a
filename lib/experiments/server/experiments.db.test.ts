import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { anOpenAiServer, type SaidChat } from "@/lib/models/testing-openai-server";
import { rowsOf } from "@/lib/server/rows";
import type { NewExperiment } from "../experiments";
import { cancelExperiment } from "./cancel-experiment";
import { createExperiment } from "./create-experiment";
import { exportResults } from "./export-results";
import { getExperiment } from "./get-experiment";
import { latestGateOf } from "./latest-gate-of";
import { listExperimentItems } from "./list-experiment-items";
import { pauseExperiment } from "./pause-experiment";
import { resumeExperiment } from "./resume-experiment";
import { runExperiments } from "./run-experiments";
import { anImportedVersion, aPrompt, caseOf, refundAnswer, someCases } from "./testing-experiments";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
let server: Awaited<ReturnType<typeof anOpenAiServer>>;
let say: (n: number) => SaidChat;
const right = (n: number): SaidChat => ({ answer: refundAnswer(n % 3 === 0 ? "negative" : "positive") });

beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  say = right;
  server = await anOpenAiServer(({ text }) => say(caseOf(text)), { apiKey: null });
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = server.host;
});
afterEach(() => server.close());

async function started(more: Partial<NewExperiment> & { price?: number | null; cases?: number } = {}) {
  const { price, cases = 12, ...input } = more;
  const { versionId } = await aPrompt(db, org, desk, server.baseUrl, price);
  const version = await anImportedVersion(org, desk, someCases(cases));
  const { id } = await createExperiment(org.admin, {
    name: "Beside what was",
    dataset_version: version.id,
    candidates: [
      { kind: "recorded", baseline: true },
      { kind: "prompt", id: versionId, baseline: false },
    ],
    margin: 0.02,
    ...input,
  });
  return { id, versionId, version };
}

async function runAll(pace = {}) {
  while ((await runExperiments(org.system, pace)) > 0);
}
const look = (id: string) => getExperiment(org.admin, { experiment: id });

describe("an experiment", () => {
  test("puts candidates side by side, with paired differences, disagreements and the gate", async () => {
    const { id, versionId } = await started({ cases: 60 });
    await runAll();
    const view = await look(id);
    expect(view).toMatchObject({
      status: "done",
      done: 120,
      total: 120,
      failed: 0,
      interrupted: 0,
      gate: "passed",
    });
    const [base, own] = view.summary ?? [];
    expect(base?.figures).toMatchObject({ answered: 60, wrong_yes: 20, wrong_no: 0, cost_micros: 0 });
    expect(base?.figures.error?.value).toBeCloseTo(1 / 3, 12);
    expect(own?.figures).toMatchObject({ answered: 60, wrong_yes: 0, cost_micros: 120 });
    expect(own?.versus?.error).toMatchObject({ value: -1 / 3 });
    expect(own?.versus?.error.high).toBeLessThan(0);
    expect(view.spent_micros).toBe(60 * 120);
    const { data } = await listExperimentItems(org.admin, {
      experiment: id,
      show: "disagreements",
      limit: 100,
    });
    expect(data).toHaveLength(20);
    expect(data[0]?.results.map(({ predicted, correct }) => [predicted, correct])).toEqual([
      ["positive", false],
      ["negative", true],
    ]);
    expect(await latestGateOf(org.admin, { promptVersionId: versionId })).toMatchObject({
      experiment: { id },
      gate: { verdict: "passed", n: 60 },
    });
  });

  test("counts an answer that failed as no right one", async () => {
    say = (n) => (n === 4 ? { status: 400 } : right(n));
    const { id } = await started();
    await runAll();
    const view = await look(id);
    expect(view).toMatchObject({ status: "done", failed: 1 });
    expect(view.summary?.[1]?.gate?.n).toBe(12);
    const { data } = await listExperimentItems(org.admin, { experiment: id, show: "unanswered", limit: 10 });
    expect(data.map(({ input }) => input)).toEqual([{ message: "case 4 asks for its money back" }]);
  });

  test("pauses before an answer that could go over its cap, and goes on with a higher one", async () => {
    const { id } = await started({ cost_cap_micros: 2600, cases: 20 });
    await runAll({ atOnce: 3 });
    const paused = await look(id);
    expect(paused.status).toBe("paused");
    expect(paused.why).toContain("The cap is 0.0026");
    expect(paused.spent_micros).toBeLessThanOrEqual(2600);
    expect(server.asked.length).toBeLessThan(20);
    await expect(
      resumeExperiment(org.admin, { experiment: id, cost_cap_micros: paused.spent_micros }),
    ).rejects.toMatchObject({ kind: "invalid" });
    await resumeExperiment(org.admin, { experiment: id, cost_cap_micros: null });
    await runAll();
    expect(await look(id)).toMatchObject({ status: "done", done: 40 });
    expect(server.asked).toHaveLength(20);
  });

  test("never has so much under way that its worst could go over the cap", async () => {
    let [open, most] = [0, 0];
    // Each answer costs what it may at worst, or nearly: 1,600 of the millionths that a unit has.
    const greedy = await anOpenAiServer(
      () => {
        open += 1;
        most = Math.max(most, open);
        return { answer: refundAnswer("positive"), inputTokens: 1500, outputTokens: 64 };
      },
      { apiKey: null },
    );
    process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = greedy.host;
    const { versionId } = await aPrompt(db, org, desk, greedy.baseUrl);
    const { id } = await started({
      candidates: [
        { kind: "recorded", baseline: true },
        { kind: "prompt", id: versionId, baseline: false },
      ],
      cost_cap_micros: 8000,
      cases: 30,
    });
    await runAll({ atOnce: 16 });
    const view = await look(id);
    expect(view.status).toBe("paused");
    expect(view.spent_micros).toBeGreaterThan(1564);
    expect(view.spent_micros).toBeLessThanOrEqual(8000);
    expect(most).toBe(view.spent_micros / 1564);
    greedy.close();
  });

  test("with a cap is not begun where a price is not known", async () => {
    await expect(started({ price: null, cost_cap_micros: 5 })).rejects.toMatchObject({
      code: "validation_failed",
      errors: [{ pointer: "/candidates/1" }],
    });
  });

  test("says what its costs are in, and keeps no cap over two currencies", async () => {
    const [dollars, euros] = [
      await aPrompt(db, org, desk, server.baseUrl),
      await aPrompt(db, org, desk, server.baseUrl),
    ];
    await db.update(schema.models).set({ currency: "EUR" }).where(eq(schema.models.id, euros.modelId));
    const candidates = (...ids: string[]): NewExperiment["candidates"] => [
      { kind: "recorded", baseline: true },
      ...ids.map((id) => ({ kind: "prompt" as const, id, baseline: false })),
    ];
    const one = await started({ candidates: candidates(dollars.versionId), cost_cap_micros: 8000 });
    expect(await look(one.id)).toMatchObject({ cost_currencies: ["USD"] });
    const both = candidates(dollars.versionId, euros.versionId);
    const refused = { code: "validation_failed", errors: [{ pointer: "/cost_cap_micros" }] };
    await expect(started({ candidates: both, cost_cap_micros: 8000 })).rejects.toMatchObject(refused);
    const { id } = await started({ candidates: both });
    expect(await look(id)).toMatchObject({ cost_currencies: ["EUR", "USD"] });
    const capped = resumeExperiment(org.admin, { experiment: id, cost_cap_micros: 8000 });
    await expect(capped).rejects.toMatchObject(refused);
  });

  test("stops by itself when one answer after the other fails", async () => {
    say = () => ({ status: 401, message: "Wrong key" });
    const { id } = await started({ cases: 40 });
    await runAll({ atOnce: 2 });
    const view = await look(id);
    expect(view.status).toBe("paused");
    expect(view.why).toContain("in a row failed");
    expect(server.asked.length).toBeLessThan(20);
  });

  test("is paused, resumed and cancelled by hand", async () => {
    const { id } = await started();
    expect(await pauseExperiment(org.admin, { experiment: id })).toMatchObject({ status: "paused" });
    await runAll();
    expect(server.asked).toHaveLength(0);
    await expect(pauseExperiment(org.admin, { experiment: id })).rejects.toMatchObject({
      code: "experiment_not_running",
    });
    await resumeExperiment(org.admin, { experiment: id });
    await cancelExperiment(org.admin, { experiment: id });
    await runAll();
    expect(await look(id)).toMatchObject({ status: "cancelled" });
    await expect(cancelExperiment(org.admin, { experiment: id })).rejects.toMatchObject({
      code: "experiment_finished",
    });
    await expect(resumeExperiment(org.admin, { experiment: id })).rejects.toMatchObject({
      code: "experiment_not_paused",
    });
  });

  test("run by several workers at once asks each item once", async () => {
    const { id } = await started({ cases: 40 });
    await Promise.all([1, 2, 3].map(() => runExperiments(org.system, { atOnce: 4 })));
    await runAll();
    expect(await look(id)).toMatchObject({ status: "done", interrupted: 0 });
    expect(server.asked).toHaveLength(40);
  });
});

describe("an answer that comes after its worker was given up", () => {
  test("is kept, and what was put aside for it is given back", async () => {
    const { id } = await started({ cases: 3 });
    say = (n) => (n === 1 ? { hangMs: 60_000 } : right(n));
    const slow = runExperiments(org.system, { atOnce: 3 });
    const open = async () =>
      rowsOf<{ count: number; done: number }>(
        db,
        sql`select count(*) filter (where status = 'running')::int as count, count(*) filter (where status = 'done')::int as done
          from experiment_results where experiment_id = ${id}`,
      );
    for (let [row] = await open(); row?.count !== 1 || row.done !== 5; [row] = await open()) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await rowsOf(db, sql`update experiments set lease_until = now() - interval '1 second' where id = ${id}`);
    await runExperiments(org.system);
    const given = await look(id);
    expect(given).toMatchObject({ status: "done", interrupted: 1, gate: "undecided" });
    expect(given.spent_micros).toBeGreaterThan(2 * 120);
    server.close();
    await slow;
    await runAll();
    expect(await look(id)).toMatchObject({
      status: "done",
      interrupted: 0,
      failed: 1,
      spent_micros: 2 * 120,
    });
  });
});

describe("who may", () => {
  test("an auditor reads and takes answers out as a file; only an admin runs", async () => {
    const { id, version } = await started({ cases: 3 });
    await runAll();
    expect((await getExperiment(org.auditor, { experiment: id })).id).toBe(id);
    await expect(getExperiment(org.reviewer, { experiment: id })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(pauseExperiment(org.auditor, { experiment: id })).rejects.toMatchObject({
      kind: "forbidden",
    });
    const file = await exportResults(org.auditor, { experiment: id, format: "jsonl" });
    const text = await new Response(file.body).text();
    expect(Buffer.byteLength(text)).toBe(file.size);
    expect(text.trim().split("\n")).toHaveLength(6);
    const csv = await exportResults(org.auditor, { experiment: id, format: "csv" });
    expect((await new Response(csv.body).text()).split("\r\n")[0]).toContain("item,position,decision");
    const other = await anOrg(db);
    await expect(getExperiment(other.admin, { experiment: id })).rejects.toMatchObject({ kind: "not_found" });
    await db
      .update(schema.datasetVersions)
      .set({ status: "failed" })
      .where(eq(schema.datasetVersions.id, version.id));
    await expect(started({ dataset_version: version.id })).rejects.toMatchObject({
      code: "dataset_not_ready",
    });
  });
});
