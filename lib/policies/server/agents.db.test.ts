import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { once } from "node:events";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { trailOf } from "@/lib/apps/server/testing-trail";
import { moderationAgents } from "@/db/schema";
import { inspect } from "../moderation/inspect";
import { getAgent } from "./get-agent";
import { listAgents } from "./list-agents";
import { loadAgents } from "./load-agents";
import { measureAgent } from "./measure-agent";
import { moderateWithModel } from "./moderate-with-model";
import { testAgents } from "./test-agent";
import { updateAgent } from "./update-agent";

const { db } = await testDatabase();

/** A local server that answers as /v1/moderations does; `next` says how. */
type Answer = { status?: number; body?: string; silent?: true };
let next: Answer = {};
let asked: { authorization: string | undefined; path: string | undefined; body: string }[] = [];
const server = createServer((request, response) => {
  void answerTo(request, response);
});
async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  asked.push({
    authorization: request.headers.authorization,
    path: request.url,
    body: await text(request),
  });
  if (next.silent) return;
  response.writeHead(next.status ?? 200, { "content-type": "application/json" });
  response.end(next.body ?? "{}");
}
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
const port = typeof address === "object" && address ? address.port : 0;
vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", `127.0.0.1:${port}`);
vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  next = {};
  asked = [];
});

const address500 = {
  base_url: `http://127.0.0.1:${port}/v1`,
  model: "omni",
  timeout_ms: 500,
  types: ["refund.issue"],
};
const said = (...scores: Record<string, number>[]) =>
  JSON.stringify({
    id: "modr-1",
    results: scores.map((category_scores) => ({ flagged: false, category_scores })),
  });

async function aModel() {
  const org = await anOrg(db);
  const enabled = { agent: "model" as const, enabled: true, version: 0, secret: "sk-canary-4711" };
  await updateAgent(org.admin, { ...enabled, model: address500 });
  const agents = (await loadAgents(org.admin)).filter(({ kind }) => kind === "model");
  return { org, agents };
}

test("every agent is off, as released and measured with its interval, before anybody changes it", async () => {
  const org = await anOrg(db);
  const { data } = await listAgents(org.auditor);
  expect(data.map(({ kind, enabled, version }) => [kind, enabled, version])).toEqual([
    ["pii", false, 0],
    ["prompt_injection", false, 0],
    ["toxicity", false, 0],
    ["model", false, 0],
  ]);
  const [pii] = data;
  expect(pii?.measured).toMatchObject([{ set: "own", n: 60, found: 30, measured_at: null }]);
  const { precision } = pii?.measured[0] ?? {};
  expect(precision?.lower).toBeLessThan(precision?.value ?? 0);
  expect(pii?.categories.find(({ key }) => key === "email")).toMatchObject({
    threshold: null,
    released: null,
  });
});

test("an admin turns one on and moves a threshold; it is journalled, told, and in force", async () => {
  const org = await anOrg(db);
  const change = { agent: "pii" as const, enabled: true, thresholds: { email: 0.5, iban: null }, version: 0 };
  const changed = await updateAgent(org.admin, change);
  expect(changed).toMatchObject({ enabled: true, version: 1 });
  expect(changed.categories.find(({ key }) => key === "email")).toMatchObject({
    threshold: 0.5,
    released: null,
  });
  const [row] = await db.select().from(moderationAgents);
  expect(await trailOf(db, row?.id ?? "")).toMatchObject({
    journal: [{ action: "agent.changed", data: { kind: "pii", thresholds: { email: 0.5 } } }],
    events: ["agent.changed"],
  });
  await expect(updateAgent(org.admin, change)).rejects.toMatchObject({ code: "stale_version" });
});

test("of two who change an agent at once, one is told", async () => {
  const org = await anOrg(db);
  const both = await Promise.allSettled(
    [true, false].map((enabled) => updateAgent(org.admin, { agent: "toxicity", enabled, version: 0 })),
  );
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "stale_version" },
  });
});

describe("what makes no sense is refused", () => {
  test.each([
    ["a category of another agent", { agent: "pii" as const, thresholds: { threat: 0.5 } }],
    ["a model's address for rules", { agent: "pii" as const, model: address500 }],
    ["a secret for rules", { agent: "toxicity" as const, secret: "x" }],
    ["a model without an address", { agent: "model" as const, enabled: true }],
  ])("%s", async (_what, change) => {
    const org = await anOrg(db);
    await expect(updateAgent(org.admin, { ...change, version: 0 })).rejects.toMatchObject({
      kind: "invalid",
    });
  });
});

test("only admins change and measure; an app's key reads nothing; organisations do not share agents", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const key = await org.keyOf(desk.app, ["decisions:read", "decisions:write"]);
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  const cases = Array.from({ length: 10 }, () => ({ text: "a@b.example", label: true }));
  for (const ctx of [org.reviewer, org.auditor, key]) {
    await expect(updateAgent(ctx, { agent: "pii", version: 1 })).rejects.toMatchObject({ code: "forbidden" });
    await expect(measureAgent(ctx, { agent: "pii", cases })).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(listAgents(key)).rejects.toMatchObject({ code: "forbidden" });
  await expect(testAgents(key, { text: "x", agents: ["pii"] })).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await anOrg(db);
  expect(await getAgent(stranger.reviewer, { agent: "pii" })).toMatchObject({ enabled: false, version: 0 });
});

test("an agent is measured on one's own texts; the counts stay, the texts do not", async () => {
  const org = await anOrg(db);
  const cases = [
    ...Array.from({ length: 8 }, () => ({ text: "mail me at canary@leak.example", label: true })),
    { text: "nothing here", label: false },
    { text: "call +49 30 901820", label: false },
  ];
  const view = await measureAgent(org.admin, { agent: "pii", cases });
  expect(view.measured.find(({ set }) => set === "yours")).toMatchObject({
    n: 10,
    found: 8,
    precision: { value: 8 / 9, n: 9 },
    recall: { value: 1, n: 8 },
  });
  expect(JSON.stringify(await db.select().from(moderationAgents))).not.toContain("canary");
  await expect(measureAgent(org.admin, { agent: "model", cases })).rejects.toMatchObject({ kind: "invalid" });
});

test("a pasted text shows what is found, where, and whether it alone would ask a person", async () => {
  const org = await anOrg(db);
  const pasted = "Write to a@b.example or pay GB82WEST12345698765432, you idiots";
  const { findings } = await testAgents(org.reviewer, { text: pasted, agents: ["pii", "toxicity"] });
  expect(findings.map((one) => [pasted.slice(one.start, one.end), one.category, one.asks])).toEqual([
    ["a@b.example", "email", false],
    ["GB82WEST12345698765432", "iban", true],
    ["you idiots", "insult", true],
  ]);
});

test("a model is asked over its interface, with its key, and its scores become findings", async () => {
  const { org, agents } = await aModel();
  next = { body: said({ violence: 0.91, hate: 0.01 }, { violence: 0.02 }) };
  const texts = [
    { at: "/input/a", text: "first" },
    { at: "/input/b", text: "second" },
  ];
  const heard = await moderateWithModel(org.system, agents, texts, "refund.issue");
  expect(inspect(agents, texts, heard)).toEqual([
    { agent: "model", version: 1, category: "violence", score: 0.91, at: "/input/a", start: 0, end: 5 },
  ]);
  expect(asked).toEqual([
    {
      authorization: "Bearer sk-canary-4711",
      path: "/v1/moderations",
      body: JSON.stringify({ model: "omni", input: ["first", "second"] }),
    },
  ]);
});

test("a text is never sent for a decision type that the settings do not name", async () => {
  const { org, agents } = await aModel();
  const heard = await moderateWithModel(org.system, agents, [{ at: "", text: "x" }], "other.type");
  expect(inspect(agents, [], heard)).toEqual([]);
  expect(asked).toEqual([]);
});

test("what it flags without a score is certain; what was not sent is said", async () => {
  const { org, agents } = await aModel();
  next = { body: JSON.stringify({ results: [{ flagged: true }] }) };
  const heard = await moderateWithModel(org.system, agents, [{ at: "", text: "x".repeat(9000) }]);
  expect(inspect(agents, [], heard).map(({ category }) => category)).toEqual(["other", "truncated"]);
});

describe("whatever goes wrong at the model means that a person decides", () => {
  test.each<[string, Answer]>([
    ["an error", { status: 500, body: "{}" }],
    ["a refusal", { status: 401, body: "{}" }],
    ["no JSON", { body: "<html>" }],
    ["another form", { body: JSON.stringify({ results: "none" }) }],
    ["fewer results than texts", { body: said() }],
    ["a score beyond one", { body: said({ violence: 7 }) }],
    ["silence", { silent: true }],
  ])("%s", async (_what, answer) => {
    const { org, agents } = await aModel();
    next = answer;
    const heard = await moderateWithModel(org.system, agents, [{ at: "", text: "x" }]);
    expect(inspect(agents, [], heard).map(({ category }) => category)).toEqual(["unavailable"]);
  });
});

test("an address that is not public is never called, and the key is in no answer, event or journal", async () => {
  const { org, agents } = await aModel();
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", "");
  const heard = await moderateWithModel(org.system, agents, [{ at: "", text: "x" }]);
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", `127.0.0.1:${port}`);
  expect(inspect(agents, [], heard).map(({ category }) => category)).toEqual(["unavailable"]);
  expect(asked).toEqual([]);
  const [row] = await db.select().from(moderationAgents).orderBy(moderationAgents.updatedAt);
  const view = await getAgent(org.admin, { agent: "model" });
  expect(view.model).toMatchObject({ model: "omni", has_secret: true });
  const trail = await trailOf(db, row?.id ?? "");
  expect(JSON.stringify([view, row, trail])).not.toContain("sk-canary");
});

test("a model that was not asked is a finding too: intake without an answer goes to a person", async () => {
  const { agents } = await aModel();
  expect(inspect(agents, [{ at: "", text: "x" }])).toMatchObject([{ category: "unavailable" }]);
});

test("a reviewer cannot send a text to the model", async () => {
  const { org } = await aModel();
  await expect(testAgents(org.reviewer, { text: "x", agents: ["model"] })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(asked).toEqual([]);
});
