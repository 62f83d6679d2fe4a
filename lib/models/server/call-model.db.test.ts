import { randomBytes } from "node:crypto";
import OpenAI from "openai";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { journal, models, runs } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { CreateModel } from "@/lib/models/catalogue";
import { anOpenAiServer } from "@/lib/models/testing-openai-server";
import { runPurposes } from "@/lib/models/vocabulary";
import { rotateSecrets } from "@/lib/apps/server/rotate-secrets";
import { callModel } from "./call-model";
import { createModel } from "./create-model";
import { getModel } from "./get-model";
import { listModels } from "./list-models";
import { sweepRuns } from "./sweep-runs";
import { testModel } from "./test-model";
import { updateModel } from "./update-model";

const { db } = await testDatabase();
const schema = { type: "object", properties: { answer: { type: "string" } }, required: ["answer"] };
let fake: Awaited<ReturnType<typeof anOpenAiServer>>;
beforeEach(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  fake = await anOpenAiServer((asked) => ({
    answer: asked.response_format ? { answer: "To [E-mail address 1]" } : "text",
  }));
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
});
afterEach(() => fake.close());

async function aModel(more: object = {}) {
  const org = await anOrg(db);
  const input = {
    key: "fake-small",
    name: "Fake small",
    provider: "openai_compatible",
    model: "fake-1",
    base_url: fake.baseUrl,
    secret: "sk-test",
    ...more,
  };
  return { org, model: await createModel(org.admin, CreateModel.parse(input)) };
}

const personal = {
  email: "ada.lovelace@example.org",
  phone: "+44 20 7946 0958",
  card: "4111 1111 1111 1111",
  iban: "DE89 3704 0044 0532 0130 00",
};
const parts = ["ada.lovelace", "7946 0958", "1111 1111", "0532 0130"];
const messages = [
  { role: "system" as const, content: `You write for ${personal.email}, tel ${personal.phone}.` },
  {
    role: "user" as const,
    content: JSON.stringify({ order: { who: [personal, { note: `call\n${personal.phone}` }] } }),
  },
  { role: "assistant" as const, content: `I read ${personal.card}.` },
  { role: "user" as const, content: `Pay to\t${personal.iban}\nnow` },
];

test.each(runPurposes)(
  "nothing personal leaves for the purpose %s unless the model may see it",
  async (purpose) => {
    const { org, model } = await aModel();
    const answer = await callModel(org.system, { modelId: model.id, purpose, messages, schema });
    const sent = fake.bodies.join("\n");
    for (const part of parts) expect(sent).not.toContain(part);
    expect(sent).toContain("[E-mail address 1]");
    expect(answer.masked).toBe(9);
    // What the model wrote about comes back as who it is.
    expect(answer.output).toEqual({ answer: `To ${personal.email}` });
    const [run] = await db.select().from(runs).where(eq(runs.id, answer.runId));
    expect(run).toMatchObject({ purpose, status: "succeeded", masked: 9, calls: 1 });
    await updateModel(org.admin, { model_id: model.id, may_see_personal_data: true });
    await callModel(org.system, { modelId: model.id, purpose, messages, schema });
    for (const part of parts) expect(fake.bodies.at(-1)).toContain(part);
  },
);

test("what the official client is answered, ours is too", async () => {
  const { org, model } = await aModel();
  const client = new OpenAI({ apiKey: "sk-test", baseURL: fake.baseUrl, maxRetries: 0 });
  const question = [{ role: "user" as const, content: "Say it" }];
  const theirs = await client.chat.completions.create({ model: "fake-1", messages: question });
  const ours = await callModel(org.system, { modelId: model.id, purpose: "judge", messages: question });
  expect(ours.output).toBe(theirs.choices[0]?.message.content);
  expect(ours.inputTokens).toBe(theirs.usage?.prompt_tokens);
});

test("a key is sealed, never shown, opens nowhere else, and is rotated with the others", async () => {
  const { org, model } = await aModel({ secret: "sk-test" });
  const [row] = await db.select().from(models).where(eq(models.id, model.id));
  expect(row?.secret).toMatch(/^v2\./);
  const seen = JSON.stringify([
    model,
    await getModel(org.auditor, { model_id: "fake-small" }),
    await listModels(org.auditor, { limit: 10 }),
    await db.select().from(journal).where(eq(journal.orgId, org.orgId)),
  ]);
  expect(seen).not.toContain("sk-test");
  expect(model.has_secret).toBe(true);
  const rotated = (await rotateSecrets(org.system)).find(({ column }) => column === "models.secret");
  expect(rotated).toMatchObject({ current: 1, unreadable: [] });
});

test("a host that the deployment does not name is not reached, and the run says so", async () => {
  const { org, model } = await aModel({ max_retries: 0 });
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = "";
  expect(await testModel(org.admin, { model_id: model.id })).toMatchObject({
    ok: false,
    error: "The model's provider was not reached",
  });
  expect(fake.bodies).toEqual([]);
});

test("a test says that a model answers in the shape asked for, or why not", async () => {
  const { org, model } = await aModel();
  expect(await testModel(org.admin, { model_id: model.id })).toMatchObject({ ok: false, error: /shape/ });
  await expect(testModel(org.auditor, { model_id: model.id })).rejects.toMatchObject({ kind: "forbidden" });
});

test("a key is taken once, an address belongs to a compatible endpoint only, and other organisations see nothing", async () => {
  const { org, model } = await aModel();
  const again = CreateModel.parse({ key: "fake-small", name: "x", provider: "openai", model: "gpt" });
  await expect(createModel(org.admin, again)).rejects.toMatchObject({ code: "key_taken" });
  const homeless = CreateModel.parse({ key: "b", name: "x", provider: "openai_compatible", model: "m" });
  await expect(createModel(org.admin, homeless)).rejects.toMatchObject({ code: "validation_failed" });
  const other = await anOrg(db);
  await expect(getModel(other.admin, { model_id: model.id })).rejects.toMatchObject({ kind: "not_found" });
  await expect(createModel(org.auditor, again)).rejects.toMatchObject({ kind: "forbidden" });
});

test("a run whose process is gone is ended as interrupted, one that may still be answered is left", async () => {
  const { org, model } = await aModel();
  const old = sql`now() - interval '10 minutes'`;
  const row = { orgId: org.orgId, purpose: "judge" as const, modelId: model.id, requestHash: "0".repeat(64) };
  await db.insert(runs).values([
    { ...row, id: "run_dead", createdAt: old },
    { ...row, id: "run_alive" },
  ]);
  expect(await sweepRuns(org.system)).toBe(1);
  const [dead] = await db.select().from(runs).where(eq(runs.id, "run_dead"));
  expect(dead).toMatchObject({ status: "interrupted", errorCode: "interrupted" });
  await expect(db.execute(sql`update runs set output = '1' where id = 'run_dead'`)).rejects.toThrow();
});
