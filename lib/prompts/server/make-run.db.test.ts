import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { decisions, reviews, runRequests, runs } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { handle } from "@/lib/server/handle";
import { makeRunEndpoint } from "../run-endpoints";
import { makeRun } from "./make-run";
import { runShadows } from "./run-shadows";
import { saveVersion } from "./save-version";
import { settleRequests } from "./settle-requests";
import { compareShadow } from "./compare-shadow";
import { aPromptedDesk, refundAnswer } from "./testing-prompts";
import { PromptSettings } from "../settings";

const { db } = await testDatabase();
const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

type Desk = Awaited<ReturnType<typeof aPromptedDesk>>;

async function prompted(...args: Parameters<typeof aPromptedDesk> extends [unknown, ...infer R] ? R : never) {
  const desk = await aPromptedDesk(db, ...args);
  closing.push(desk.fake.close);
  return desk;
}

/** POST …/runs as it comes over the API. */
async function post(desk: Desk, body: object, headers: Record<string, string> = {}) {
  const sent = { "content-type": "application/json", ...headers };
  const answer = await handle(makeRunEndpoint, async () => desk.key, makeRun, {
    method: "POST",
    url: new URL(`http://test/api/v1/apps/${desk.desk.app}/runs`),
    header: (name) => new Headers(sent).get(name),
    params: { app: desk.desk.app },
    body: async () => new TextEncoder().encode(JSON.stringify(body)),
  });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body) };
}

const input = { message: "I was charged twice, please refund INV-0001" };

test("an input becomes a decision of the active prompt, with its run: confidence, tokens, cost, version", async () => {
  const desk = await prompted(() => ({
    answer: refundAnswer(),
    probability: 0.8,
    inputTokens: 1000,
    outputTokens: 200,
  }));
  const said = await post(desk, { input, external_id: "t-1" });
  expect(said.status).toBe(201);
  expect(said.body).toMatchObject({
    object: "decision",
    external_id: "t-1",
    status: "in_review",
    proposal: { predicted: "positive", arguments: { invoice: "INV-0001", amount: 1800 } },
    confidence: { raw: 0.93 },
    prompt_version: "refund-judge@1",
    model: { name: "fake-1", input_tokens: 1000 },
    rationale: { text: "Charged twice for one invoice." },
    run: { status: "succeeded", cost_micros: 720, input_tokens: 1000, output_tokens: 200, error: null },
  });
  expect(said.body.run.confidences.token_probability).toBeCloseTo(0.8, 9);
  const [run] = await db.select().from(runs).where(eq(runs.decisionId, said.body.id));
  expect(run).toMatchObject({ purpose: "decision", status: "succeeded", calls: 1, confidence: 0.93 });
  expect(desk.fake.asked[0]?.messages.map(({ role }) => role)).toEqual(["system", "user"]);
});

test("a repeat with the same key is the same decision, and the model is asked once; another body is refused", async () => {
  const desk = await prompted(() => ({ answer: refundAnswer() }));
  const key = { "idempotency-key": "k-1" };
  const both = await Promise.all([post(desk, { input }, key), post(desk, { input }, key)]);
  const later = await post(desk, { input }, key);
  expect(new Set([...both, later].map(({ body }) => body.id)).size).toBe(1);
  expect(later.headers["Idempotent-Replayed"]).toBe("true");
  expect(desk.fake.asked).toHaveLength(1);
  const other = await post(desk, { input: { message: "another" } }, key);
  expect(other).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
  expect(desk.fake.asked).toHaveLength(1);
});

test.each([
  ["an answer of another shape", { answer: { hello: 1 } }, 1, /shape asked for/],
  ["no JSON", { answer: "I think so" }, 1, /not JSON|shape/],
  ["arguments that do not fit", { answer: refundAnswer({ arguments: { invoice: 4 } }) }, 1, /shape|fit/],
  ["a refusal", { refusal: "I cannot help with that" }, 1, /refused/],
  ["a refused request", { status: 400 }, 1, /HTTP 400/],
  ["a server that is down", { status: 500 }, 2, /HTTP 500/],
  ["a connection that is cut", "cut" as const, 2, /not reached/],
  ["a model that never answers", { hangMs: 60_000 }, 1, /did not answer within/],
])("%s ends in a decision for a person, who reads why", async (_what, said, calls, why) => {
  const desk = await prompted(() => said, { model: { timeout_ms: 1500 } });
  const answer = await post(desk, { input, external_id: "t-1" });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    status: "in_review",
    confidence: null,
    route: { outcome: "review" },
    prompt_version: "refund-judge@1",
    run: { status: "failed" },
  });
  expect(answer.body.rationale.text).toMatch(why);
  expect(answer.body.route.reasons).toContainEqual(expect.objectContaining({ code: "model_failed" }));
  const [run] = await db.select().from(runs).where(eq(runs.decisionId, answer.body.id));
  expect(run).toMatchObject({ status: "failed", calls });
  expect(await post(desk, { input, external_id: "t-1" })).toMatchObject({ body: { id: answer.body.id } });
  expect(desk.fake.asked.length).toBe(calls);
});

test("what no model filled in cannot be approved as it stands; a person fills it in, and approves that", async () => {
  const desk = await prompted(() => ({ status: 500 }));
  const { body } = await post(desk, { input, external_id: "t-1" });
  const rule = (ruling: object) =>
    resolveReview(desk.org.reviewer, { reviewId: body.review.id, ...ruling } as Parameters<
      typeof resolveReview
    >[1]);
  await expect(rule({ ruling: { verdict: "approve" } })).rejects.toMatchObject({ code: "validation_failed" });
  const edited = { invoice: "INV-0001", amount: 1800, currency: "EUR" };
  expect(await rule({ ruling: { verdict: "edit", arguments: edited } })).toMatchObject({
    decisionStatus: "approved",
  });
});

test("an overloaded provider is asked again, and the answer counts", async () => {
  const desk = await prompted((_asked, at) =>
    at === 1 ? { status: 429, headers: { "retry-after": "0" } } : { answer: refundAnswer() },
  );
  const { body } = await post(desk, { input, external_id: "t-1" });
  expect(body.run).toMatchObject({ status: "succeeded" });
  expect(desk.fake.asked).toHaveLength(2);
});

test("without an active prompt, or with an input that does not fit, nothing is asked and nothing is stored", async () => {
  const desk = await prompted(() => ({ answer: refundAnswer() }), { content: "{{/message}} {{/order}}" });
  expect(await post(desk, { input, external_id: "t-1" })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/input/order" }] },
  });
  expect(await post(desk, { input: {}, external_id: "t-2" })).toMatchObject({ status: 422 });
  await desk.move(1, "retired");
  expect(await post(desk, { input, external_id: "t-3" })).toMatchObject({
    status: 409,
    body: { code: "no_active_prompt" },
  });
  expect(desk.fake.asked).toHaveLength(0);
  expect(await db.select().from(runRequests).where(eq(runRequests.appId, desk.desk.app))).toEqual([]);
});

test("agreement among samples is a confidence, and the larger group is the answer", async () => {
  const desk = await prompted(
    (asked) =>
      asked.temperature === undefined || asked.temperature < 0.5
        ? { answer: refundAnswer({ predicted: "negative" }) }
        : { answer: refundAnswer() },
    { settings: { samples: 4, confidence: "self_consistency", sample_temperature: 0.8 } },
  );
  const { body } = await post(desk, { input, external_id: "t-1" });
  expect(body.proposal.predicted).toBe("positive");
  expect(body.confidence.raw).toBe(0.75);
  expect(body.run.runs).toHaveLength(4);
});

test("a request whose process died becomes a decision for a person, and the model is not asked again", async () => {
  const desk = await prompted(() => ({ answer: refundAnswer() }));
  const first = await post(desk, { input, external_id: "t-0" });
  await db.execute(sql`insert into run_requests (id, org_id, app_id, prompt_version_id, key, request_hash, request, actor_key_id, livemode, lease_until)
    select 'req_dead', org_id, app_id, prompt_version_id, 'ext:t-9', request_hash, request || '{"external_id": "t-9"}', actor_key_id, livemode, now() - interval '1 second'
    from run_requests where decision_id = ${first.body.id}`);
  const asked = desk.fake.asked.length;
  const done = await Promise.all([settleRequests(desk.org.system), settleRequests(desk.org.system)]);
  expect(done.toSorted((a, b) => a - b)).toEqual([0, 1]);
  const [made] = await db.select().from(decisions).where(eq(decisions.externalId, "t-9"));
  expect(made).toMatchObject({ status: "in_review", confidence: null });
  expect(
    await db
      .select()
      .from(reviews)
      .where(eq(reviews.decisionId, made?.id ?? "")),
  ).toHaveLength(1);
  expect(desk.fake.asked).toHaveLength(asked);
  expect(await settleRequests(desk.org.system)).toBe(0);
});

test("a shadow version answers the same inputs later, acts on nothing, and shows where it differs", async () => {
  const desk = await prompted((asked) => ({
    answer: refundAnswer(asked.text.includes("Be strict") ? { predicted: "negative" } : {}),
  }));
  const second = await saveVersion(desk.org.admin, {
    app: desk.desk.app,
    prompt: desk.prompt.id,
    model: desk.model.id,
    messages: [{ role: "user", content: "Be strict. {{input}}" }],
    settings: PromptSettings.parse({}),
    note: "",
  });
  await desk.move(second.version, "shadow");
  const { body } = await post(desk, { input, external_id: "t-1" });
  const before = await db.select().from(decisions);
  expect(await runShadows(desk.org.system)).toBe(1);
  expect(await runShadows(desk.org.system)).toBe(0);
  expect(await db.select().from(decisions)).toEqual(before);
  const seen = await compareShadow(desk.org.auditor, {
    app: desk.desk.app,
    prompt: desk.prompt.id,
    version: 2,
  });
  expect(seen).toMatchObject({ answered: 1, agree: 0, other_way: 1, waiting: 0 });
  expect(seen.data[0]).toMatchObject({
    decision: body.id,
    active: { predicted: "positive" },
    shadow: { predicted: "negative" },
  });
});

test("decisions name the version that is active when they are made, which is what contracts are pinned to", async () => {
  const desk = await prompted(() => ({ answer: refundAnswer() }));
  const { messages, settings } = desk.prompt.versions[0] ?? {
    messages: [],
    settings: PromptSettings.parse({}),
  };
  const place = { app: desk.desk.app, prompt: desk.prompt.id, model: desk.model.id };
  await saveVersion(desk.org.admin, { ...place, messages, settings, note: "" });
  const named = async (id: string) => (await post(desk, { input, external_id: id })).body.prompt_version;
  expect(await named("t-1")).toBe("refund-judge@1");
  await desk.move(2, "active");
  expect(await named("t-2")).toBe("refund-judge@2");
  await desk.move(1, "active");
  expect(await named("t-3")).toBe("refund-judge@1");
});

test("an app's key runs its own app only", async () => {
  const [one, other] = [await prompted(() => ({ answer: {} })), await prompted(() => ({ answer: {} }))];
  const stranger = { ...one, desk: other.desk };
  expect(await post(stranger, { input, external_id: "t-1" })).toMatchObject({ status: 404 });
});
