import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import {
  expectedTasks,
  mustRefuse,
  retailActions,
  retailConnector,
  retailFolder,
  tryRefusal,
  tryTask,
  type CarryOut,
  type Outcome,
} from "@/e2e/retail-effects";
import { CreateDecisionType } from "@/lib/apps/inputs";
import { createApp } from "@/lib/apps/server/create-app";
import { createConnector } from "@/lib/apps/server/create-connector";
import { createConnectorAction } from "@/lib/apps/server/create-connector-action";
import { createDecisionType } from "@/lib/apps/server/create-decision-type";
import { Submission } from "@/lib/decisions/schema";
import { submitDecisions } from "@/lib/intake/server/submit-decisions";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { bundleRetail, forkRetail } from "@/systems/retail/testing";
import { closeConnectors } from "./connectors/connector-of";
import { executionRunner } from "./run-executions";

const { db } = await testDatabase();
const folder = retailFolder();
const absent = "the retail system's records are not beside this checkout (../shared/data)";
let bundle: Awaited<ReturnType<typeof bundleRetail>>;

beforeAll(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
  process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
  bundle = await bundleRetail();
});
afterAll(async () => {
  await closeConnectors();
  await bundle.remove();
});

/** An org whose app asks the shop at `port` for everything the tools offer; a person approves each. */
async function aRetailOrg(dataDir: string, baseUrl: string) {
  const org = await anOrg(db);
  const connector = await createConnector(org.admin, retailConnector(baseUrl));
  for (const { action, type } of retailActions(dataDir)) {
    const made = await createConnectorAction(org.admin, { connector: connector.id, ...action });
    await createDecisionType(org.admin, CreateDecisionType.parse({ ...type, action_id: made.id }));
  }
  const app = await createApp(org.admin, {
    key: "retail-agent",
    name: "Agent",
    description: "",
    owner_id: null,
  });
  const key = await org.keyOf(app.id, ["decisions:write"]);
  return { org, carryOut: throughThePlatform(org, key) };
}

function throughThePlatform(org: TestOrg, key: Awaited<ReturnType<TestOrg["keyOf"]>>): CarryOut {
  const runner = executionRunner({ workerId: "worker:retail" });
  return async (action) => {
    const submission = Submission.parse({
      type: action.type,
      external_id: `step-${crypto.randomUUID()}`,
      input: {},
      proposal: { arguments: action.arguments },
    });
    const [accepted] = await submitDecisions(key, [
      { actor: key.actor, livemode: false, idempotencyKey: null, submission },
    ]);
    if (accepted?.kind !== "created") throw new Error(`not accepted: ${JSON.stringify(accepted)}`);
    const { reviewId } = accepted;
    const ruling = { verdict: "approve" } as const;
    const { executionId } = await resolveReview(org.reviewer, { reviewId: reviewId ?? "", ruling });
    for (let tries = 0; ; tries += 1) {
      await runner.run({ ...org.system, now: new Date() });
      await runner.drain();
      const [row] = await db
        .select()
        .from(executions)
        .where(eq(executions.id, executionId ?? ""));
      if (row?.settledAt || tries === 200) {
        return { status: row?.status ?? "absent", error: row?.lastError ?? null };
      }
      // An unclear answer is looked up once its settle delay is over.
      await wait(50);
    }
  };
}

/** Each on a process and a store of its own, at one address, as the connector knows it. */
async function eachOnItsOwnShop<T>(
  dataDir: string,
  items: T[],
  attempt: (item: T, shop: Awaited<ReturnType<typeof forkRetail>>, carryOut: CarryOut) => Promise<Outcome>,
): Promise<Outcome[]> {
  let shop = await forkRetail(bundle.file, { dataDir });
  const port = Number(new URL(shop.url).port);
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = `127.0.0.1:${port}`;
  const { carryOut } = await aRetailOrg(dataDir, shop.url);
  const outcomes: Outcome[] = [];
  for (const [at, item] of items.entries()) {
    if (at > 0) shop = await forkRetail(bundle.file, { dataDir, port });
    outcomes.push(await attempt(item, shop, carryOut));
    await shop.stop("SIGKILL");
  }
  return outcomes;
}

test("executing the expected actions through the platform changes exactly the expected fields, task by task", async (run) => {
  if (!folder) return run.skip(absent);
  const outcomes = await eachOnItsOwnShop(folder, expectedTasks(folder), tryTask);
  expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(outcomes).toHaveLength(55);
}, 240_000);

test("every call the shop must refuse ends failed with the shop's message, and changes nothing", async (run) => {
  if (!folder) return run.skip(absent);
  const outcomes = await eachOnItsOwnShop(folder, mustRefuse(folder), tryRefusal);
  expect(outcomes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  expect(outcomes).toHaveLength(9);
}, 120_000);
