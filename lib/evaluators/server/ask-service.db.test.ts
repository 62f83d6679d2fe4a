import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { isSignedWebhook } from "@/lib/server/standard-webhooks";
import { addEvaluatorVersion } from "./create-evaluator";
import { runScores } from "./run-scores";
import { anEvaluator, aRule, openAll } from "./testing-evaluators";

const { db } = await testDatabase();
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
type Heard = { headers: IncomingMessage["headers"]; body: string };
const heard: Heard[] = [];
let respond: (response: ServerResponse) => void = (response) => response.end("{}");
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    heard.push({ headers: request.headers, body });
    respond(response);
  });
});
let org: TestOrg;
let desk: TestDesk;
let evaluator: string;
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/score`;
  vi.stubEnv("COUNTERSIGN_AUDIT_SECRET", "for tests only");
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", Buffer.alloc(32, 1).toString("base64"));
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", `127.0.0.1:${port}`);
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  const config = { url, timeout_ms: 2000 };
  evaluator = (await anEvaluator(org.admin, desk.app, { name: "Ours", kind: "http", config, secret })).id;
  await aRule(org.admin, evaluator);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Scores one new decision with what the service answers. */
async function scored(answer: (response: ServerResponse) => void) {
  heard.length = 0;
  respond = answer;
  await new Promise((resolve) => setTimeout(resolve, 5));
  const input = { message: "Write to jane.roe@mail.example" };
  const { id } = await aDecision(db, org, desk, { input });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await openAll(org.system);
  while ((await runScores(org.system)) > 0);
  const [score] = await db.select().from(schema.scores).where(eq(schema.scores.decisionId, id));
  if (!score) throw new Error("it was not drawn");
  return score;
}

test("a team's own service gets a signed message without personal data, and its score is kept", async () => {
  const score = await scored((response) => response.end('{"score": 0.9, "label": "fine"}'));
  expect(score).toMatchObject({ status: "done", score: 0.9, passed: true, label: "fine" });
  const [{ headers, body } = { headers: {}, body: "" }] = heard;
  const of = (name: string) => String(headers[name]);
  const signed = {
    id: of("webhook-id"),
    timestamp: of("webhook-timestamp"),
    signature: of("webhook-signature"),
  };
  expect(isSignedWebhook([secret], signed, body, Date.now() / 1000)).toBe(true);
  expect(signed.id).toBe(score.id);
  expect(body).not.toContain("jane.roe@mail.example");
});

test.each([
  ['{"score": 2}', "not a score"],
  ['{"score": 0.5, "sure": true}', "not a score"],
  ["{}", "says nothing"],
  ["fine", "not a score"],
])("%s is no score: it fails with words and is not asked again", async (text, words) => {
  const score = await scored((response) => response.end(text));
  expect(score).toMatchObject({ status: "failed", tries: 1 });
  expect(score.error).toContain(words);
});

test("a service that is down is asked again with the same message id, three times at most", async () => {
  const down = (response: ServerResponse) => void response.writeHead(503).end();
  const { id } = await scored(down);
  for (let at = 0; at < 4; at++) {
    await db
      .update(schema.scores)
      .set({ runAt: sql`now()` })
      .where(eq(schema.scores.id, id));
    while ((await runScores(org.system)) > 0);
  }
  const [score] = await db.select().from(schema.scores).where(eq(schema.scores.id, id));
  expect(score).toMatchObject({ status: "failed", tries: 3, error: "The service answered 503." });
  expect(heard.map(({ headers }) => headers["webhook-id"])).toEqual([id, id, id]);
});

test("a service without a key is refused; the key stays through versions and is never shown", async () => {
  const keyless = anEvaluator(org.admin, desk.app, { kind: "http", config: { url } });
  await expect(keyless).rejects.toMatchObject({ errors: [{ pointer: "/secret" }] });
  const config = { url, timeout_ms: 900 };
  const next = await addEvaluatorVersion(org.admin, { evaluator, config, note: "" });
  expect(next.version).toMatchObject({ version: 2, has_secret: true });
  expect(JSON.stringify(next)).not.toContain("whsec_");
  expect(await scored((response) => response.end('{"passed": false}'))).toMatchObject({ passed: false });
  expect(heard).toHaveLength(1);
});

test("an address that is not public is never spoken to", async () => {
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", "");
  const score = await scored((response) => response.end('{"passed": true}'));
  expect(heard).toHaveLength(0);
  expect(score).toMatchObject({ status: "pending", passed: null });
  expect(score.error).toContain("not");
});
