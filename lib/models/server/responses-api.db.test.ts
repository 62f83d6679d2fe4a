import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runs } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { CreateModel } from "@/lib/models/catalogue";
import { anOpenAiServer, type SaidChat } from "@/lib/models/testing-openai-server";
import { modelApis } from "@/lib/models/vocabulary";
import { callModel } from "./call-model";
import { createModel } from "./create-model";

const { db } = await testDatabase();
const schema = {
  type: "object",
  properties: { predicted: { type: "string" } },
  required: ["predicted"],
  additionalProperties: false,
};
const messages = [
  { role: "system" as const, content: "Decide for ada.lovelace@example.org." },
  { role: "user" as const, content: "Refund?" },
];
let fake: Awaited<ReturnType<typeof anOpenAiServer>>;
let said: SaidChat;

beforeEach(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  fake = await anOpenAiServer(() => said);
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
});
afterEach(() => fake.close());

async function asked(
  api: (typeof modelApis)[number],
  more: { schema?: typeof schema; max_retries?: number } = { schema },
) {
  const { max_retries = 0, ...question } = more;
  const org = await anOrg(db);
  const model = CreateModel.parse({
    key: "fake",
    name: "Fake",
    provider: "openai_compatible",
    api,
    model: "fake-1",
    base_url: fake.baseUrl,
    secret: "sk-test",
    gives_token_probabilities: true,
    input_price_micros: 1_000_000,
    output_price_micros: 2_000_000,
    max_retries,
  });
  const { id: modelId } = await createModel(org.admin, model);
  const ask = { modelId, purpose: "playground" as const, messages, maxOutputTokens: 64, temperature: 0 };
  const answer = callModel(org.admin, {
    ...ask,
    ...question,
    wantTokenProbabilities: true,
    probabilityOf: "predicted",
  });
  const settled = await answer.catch((error: unknown) => error);
  const [run] = await db.select().from(runs).where(eq(runs.orgId, org.orgId));
  return { settled, run };
}

describe.each(modelApis)("over the %s API", (api) => {
  test("an answer has the shape asked for, its usage, its cost and its tokens' probability; personal data stays here", async () => {
    said = { answer: { predicted: "positive" }, probability: 0.7, inputTokens: 40, outputTokens: 9 };
    const { settled, run } = await asked(api);
    expect(settled).toMatchObject({
      output: { predicted: "positive" },
      inputTokens: 40,
      outputTokens: 9,
      costMicros: 58,
      calls: 1,
    });
    expect((settled as { tokenProbability: number }).tokenProbability).toBeCloseTo(0.7, 6);
    expect(run).toMatchObject({ status: "succeeded", costMicros: 58 });
    const [body = ""] = fake.bodies;
    expect(body).not.toContain("ada.lovelace");
    expect(fake.asked[0]?.response_format?.json_schema?.schema).toMatchObject({ required: ["predicted"] });
    expect(JSON.parse(body)).toMatchObject({ store: false, temperature: 0, model: "fake-1" });
  });

  test.each<[string, SaidChat, object]>([
    ["a refusal", { refusal: "I will not" }, { reason: "refused", message: "The model refused to answer" }],
    [
      "what a filter stopped",
      { answer: '{"predicted":', ended: "content_filter" },
      { reason: "refused", message: "The model refused to answer" },
    ],
    [
      "what was cut off at its most tokens",
      { answer: '{"predicted":"po', ended: "length", inputTokens: 40, outputTokens: 64 },
      { reason: "unusable_answer", message: "The model's answer was cut off at the most tokens it may have" },
    ],
    [
      "what is no JSON",
      { answer: "positive, I think" },
      { reason: "unusable_answer", message: expect.stringContaining("shape") },
    ],
    [
      "what has another shape",
      { answer: { verdict: 1 } },
      { reason: "unusable_answer", message: expect.stringContaining("predicted") },
    ],
    [
      "a wrong request",
      { status: 400 },
      { reason: "provider", message: expect.stringContaining("HTTP 400") },
    ],
    ["an outage", { status: 503 }, { reason: "provider", message: expect.stringContaining("HTTP 503") }],
    ["a lost connection", "cut", { reason: "provider", message: expect.stringContaining("not reached") }],
  ])("%s is told as what it is, and the run keeps it", async (_name, answer, error) => {
    said = answer;
    const { settled, run } = await asked(api);
    expect(settled).toMatchObject(error);
    expect(run).toMatchObject({ status: "failed" });
  });

  test("what was paid for and cannot be used has its cost", async () => {
    said = { answer: '{"predicted":"po', ended: "length", inputTokens: 40, outputTokens: 64 };
    expect((await asked(api)).run).toMatchObject({ inputTokens: 40, outputTokens: 64, costMicros: 168 });
    said = { refusal: "I will not" };
    expect((await asked(api)).run).toMatchObject({ inputTokens: 100, outputTokens: 20, costMicros: 140 });
  });

  test("a text that was cut off is no answer either", async () => {
    said = { answer: "The customer should be ref", ended: "length" };
    expect((await asked(api, {})).settled).toMatchObject({ reason: "unusable_answer" });
  });

  test("overload is asked again as often as the model's row says", async () => {
    let at = 0;
    fake.close();
    fake = await anOpenAiServer(() => (++at < 3 ? { status: 429 } : { answer: { predicted: "negative" } }));
    process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
    expect((await asked(api, { schema, max_retries: 2 })).settled).toMatchObject({ calls: 3 });
  });
});

test("a response that failed with HTTP 200 may have been paid for: it is not asked again", async () => {
  said = { failed: "it broke" };
  const { settled, run } = await asked("responses", { schema, max_retries: 2 });
  expect(settled).toMatchObject({ reason: "unusable_answer" });
  expect(run).toMatchObject({ status: "failed", calls: 1 });
});
