import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { decisionFindings } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { Submission } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { updateAgent } from "@/lib/policies/server/update-agent";
import type { Context } from "@/lib/server/context";
import { evaluateSubmission } from "./evaluate-submission";
import { submitDecisions, type Outcome } from "./submit-decisions";
import type { Submitted } from "./submitted";

const { db } = await testDatabase();

let score = 0;
let questions = 0;
const server = createServer((request, response) => {
  questions += 1;
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    if (score < 0) return void response.writeHead(503).end();
    const { input } = JSON.parse(body) as { input: string[] };
    const results = input.map((text) => ({
      flagged: false,
      category_scores: { violence: text.includes("hit") ? score : 0 },
    }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ results }));
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;
vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", `127.0.0.1:${port}`);
vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
vi.stubEnv("COUNTERSIGN_AUDIT_SECRET", "a-secret-of-the-tests");
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});
beforeEach(() => {
  questions = 0;
});

async function aDesk(types?: string[]) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, declineThreshold: 0.9, auditRate: 0.1, amountCap: 500_000 },
  });
  await updateAgent(org.admin, {
    agent: "model",
    enabled: true,
    version: 0,
    model: {
      base_url: `http://127.0.0.1:${port}/v1`,
      model: "m",
      timeout_ms: 2000,
      types: types ?? [desk.typeKey],
    },
  });
  return { org, typeKey: desk.typeKey, key: await org.keyOf(desk.app, ["decisions:write"]) };
}

function item(key: Context, typeKey: string, message: string): Submitted {
  const submission = Submission.parse({
    type: typeKey,
    external_id: newId("request"),
    input: { message },
    proposal: { arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } },
    confidence: 0.95,
  });
  return { actor: key.actor, livemode: false, idempotencyKey: null, submission };
}

const routeOf = (outcome: Outcome | undefined) => {
  if (outcome?.kind !== "created") throw new Error(`not created: ${JSON.stringify(outcome)}`);
  const { route, reasons } = outcome.plan.routing;
  return [route, reasons.map(({ code }) => code)];
};

test("a model's finding is stored and sends a sure decision to a person; a clean text runs alone", async () => {
  const { org, key, typeKey } = await aDesk();
  score = 0.9;
  const [bad, good] = await submitDecisions(org.system, [
    item(key, typeKey, "I will hit you"),
    item(key, typeKey, "thanks"),
  ]);
  expect(routeOf(bad)).toEqual(["review", ["violence"]]);
  expect(questions).toBe(2);
  expect(routeOf(good)[0]).toBe("execute");
  const kept = await db.select().from(decisionFindings);
  expect(kept).toMatchObject([
    { findings: [{ agent: "model", category: "violence", at: "/input/message" }] },
  ]);
});

test("a model that fails means a person, in an evaluation too", async () => {
  const { org, key, typeKey } = await aDesk();
  score = -1;
  const [made] = await submitDecisions(org.system, [item(key, typeKey, "thanks")]);
  expect(routeOf(made)).toEqual(["review", ["unavailable"]]);
  const { route } = await evaluateSubmission(key, { body: item(key, typeKey, "thanks").submission });
  expect(route).toMatchObject({ outcome: "review", reasons: [{ code: "unavailable" }] });
});

test("a type that the settings do not name is not asked about, and runs alone", async () => {
  const { org, key, typeKey } = await aDesk(["another.type"]);
  const [made] = await submitDecisions(org.system, [item(key, typeKey, "I will hit you")]);
  expect(routeOf(made)[0]).toBe("execute");
  expect(questions).toBe(0);
});
