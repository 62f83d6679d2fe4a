import { fork } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import { anOpenAiServer } from "@/lib/models/testing-openai-server";
import { rowsOf } from "@/lib/server/rows";
import { askAgain } from "./ask-again";
import { createExperiment } from "./create-experiment";
import { getExperiment } from "./get-experiment";
import { anImportedVersion, aPrompt, caseOf, refundAnswer, someCases } from "./testing-experiments";

/** EXPERIMENT_ITEMS=5000 runs it in full; a few hundred show the same. */
const itemCount = Number(process.env.EXPERIMENT_ITEMS ?? 240);
const kills = 4;
const atOnce = 6;

const { db, url } = await testDatabase();
const folder = fileURLToPath(
  new URL(`../../../node_modules/.cache/experiments-${process.pid}/`, import.meta.url),
);
const file = path.join(folder, "worker.mjs");

beforeAll(async () => {
  const entry = fileURLToPath(new URL("./testing-worker.ts", import.meta.url));
  const options = { bundle: true, platform: "node", format: "esm", packages: "external" } as const;
  const alias = { "server-only": fileURLToPath(new URL("../../../scripts/test/empty.ts", import.meta.url)) };
  await build({ ...options, alias, entryPoints: [entry], outfile: file });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function startWorker(org: TestOrg, host: string) {
  const child = fork(file, [url, org.orgId], {
    env: {
      ...process.env,
      COUNTERSIGN_ALLOWED_PRIVATE_HOSTS: host,
      COUNTERSIGN_EXPERIMENT_CONCURRENCY: String(atOnce),
      COUNTERSIGN_LOG_LEVEL: "error",
    },
    execArgv: [],
  });
  await once(child, "message");
  return async () => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
}

test(
  `an experiment of ${itemCount} items survives kills, and nothing is asked twice`,
  { timeout: 900_000 },
  async () => {
    const org = await anOrg(db);
    const desk = await aRefundDesk(db, org);
    const server = await anOpenAiServer(
      ({ text }) => ({ answer: refundAnswer(caseOf(text) % 3 === 0 ? "negative" : "positive") }),
      { apiKey: null },
    );
    const { versionId } = await aPrompt(db, org, desk, server.baseUrl);
    const version = await anImportedVersion(org, desk, someCases(itemCount));
    const { id } = await createExperiment(org.admin, {
      name: "Kill it",
      dataset_version: version.id,
      candidates: [
        { kind: "recorded", baseline: true },
        { kind: "prompt", id: versionId, baseline: false },
      ],
      margin: 0.02,
    });
    const look = () => getExperiment(org.admin, { experiment: id });
    const asked = () => server.asked.length;

    for (let round = 1; round <= kills; round += 1) {
      const kill = await startWorker(org, server.host);
      const until = (itemCount * round) / (kills + 1);
      while (asked() < until) await wait(2);
      await kill();
      // Whoever comes next would wait for the lease to run out: the clock is put forward.
      await rowsOf(
        db,
        sql`update experiments set lease_until = now() - interval '1 second' where id = ${id}`,
      );
    }
    const end = await startWorker(org, server.host);
    let view = await look();
    for (; view.status !== "done"; view = await look()) await wait(50);
    await end();

    const times = new Map<number, number>();
    for (const { text } of server.asked) times.set(caseOf(text), (times.get(caseOf(text)) ?? 0) + 1);
    expect([...times.values()].filter((count) => count > 1)).toEqual([]);
    // Each kill leaves at most what was under way; of everything else there is an answer.
    expect(view.interrupted).toBeLessThanOrEqual(kills * atOnce);
    const [prompt] = view.summary?.filter(({ versus }) => versus !== null) ?? [];
    expect(prompt?.figures.answered).toBe(itemCount - view.interrupted);
    expect(prompt?.figures.failed).toBe(0);
    expect(view.done).toBe(view.total);
    const [paid] = await rowsOf<{ runs: number }>(
      db,
      sql`select count(*)::int as runs from runs where org_id = ${org.orgId} and status = 'succeeded'`,
    );
    expect(paid?.runs).toBeGreaterThanOrEqual(itemCount - view.interrupted);
    expect(prompt?.gate?.verdict).toBe(view.interrupted === 0 ? "passed" : "undecided");

    if (view.interrupted === 0) return server.close();
    // A person takes it on themselves: what was interrupted is asked once more, and nothing else.
    const before = asked();
    await askAgain(org.admin, { experiment: id, of: "interrupted" });
    const again = await startWorker(org, server.host);
    const lost = view.interrupted;
    for (view = await look(); view.status !== "done"; view = await look()) await wait(50);
    await again();
    expect(asked() - before).toBe(lost);
    expect(view).toMatchObject({ interrupted: 0, gate: "passed" });
    server.close();
  },
);
