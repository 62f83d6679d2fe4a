import OpenAI from "openai";
import { afterEach, expect, test } from "vitest";
import { anOpenAiServer } from "./testing-openai-server";

let close: (() => void) | undefined;
afterEach(() => close?.());

test("the official client is answered by the fake as by OpenAI: structure, tokens, refusals and failures", async () => {
  const fake = await anOpenAiServer((_asked, at) => {
    if (at === 1) return { answer: { answer: 4 }, probability: 0.8 };
    return at === 2 ? { refusal: "no" } : { status: 429, message: "slow down" };
  });
  close = fake.close;
  const client = new OpenAI({ apiKey: "sk-test", baseURL: fake.baseUrl, maxRetries: 0 });
  const ask = {
    model: "fake-1",
    messages: [{ role: "user" as const, content: "2 + 2?" }],
    logprobs: true,
    response_format: {
      type: "json_schema" as const,
      json_schema: {
        name: "answer",
        schema: { type: "object", properties: { answer: { type: "integer" } } },
      },
    },
  };
  const said = await client.chat.completions.create(ask);
  expect(said.choices[0]?.message.content).toBe('{"answer":4}');
  expect(said.choices[0]?.logprobs?.content?.find(({ token }) => token === "answer")?.logprob).toBeCloseTo(
    Math.log(0.8),
  );
  expect(said.usage?.total_tokens).toBe(120);
  expect((await client.chat.completions.create(ask)).choices[0]?.message.refusal).toBe("no");
  await expect(client.chat.completions.create(ask)).rejects.toMatchObject({ status: 429 });
  const stranger = new OpenAI({ apiKey: "sk-wrong", baseURL: fake.baseUrl, maxRetries: 0 });
  await expect(stranger.chat.completions.create(ask)).rejects.toMatchObject({ status: 401 });
});

test("the responses API of the fake is the official client's too: structure, usage, refusals, what is incomplete or failed", async () => {
  const fake = await anOpenAiServer((_asked, at) => {
    if (at === 1) return { answer: { answer: 4 }, probability: 0.8, inputTokens: 30, outputTokens: 7 };
    if (at === 2) return { refusal: "no" };
    return at === 3 ? { answer: '{"ans', ended: "length" } : { failed: "it broke" };
  });
  close = fake.close;
  const client = new OpenAI({ apiKey: "sk-test", baseURL: fake.baseUrl, maxRetries: 0 });
  const ask = {
    model: "fake-1",
    instructions: "Add up.",
    input: [{ role: "user" as const, content: "2 + 2?" }],
    include: ["message.output_text.logprobs" as const],
    text: { format: { type: "json_schema" as const, name: "answer", schema: { type: "object" } } },
  };
  const said = await client.responses.create(ask);
  expect(said).toMatchObject({ status: "completed", output_text: '{"answer":4}' });
  expect(said.usage).toMatchObject({ input_tokens: 30, output_tokens: 7, total_tokens: 37 });
  expect(fake.asked[0]?.messages.map(({ role }) => role)).toEqual(["system", "user"]);
  expect((await client.responses.create(ask)).output[0]).toMatchObject({ content: [{ refusal: "no" }] });
  expect(await client.responses.create(ask)).toMatchObject({
    status: "incomplete",
    incomplete_details: { reason: "max_output_tokens" },
  });
  expect(await client.responses.create(ask)).toMatchObject({
    status: "failed",
    error: { message: "it broke" },
  });
});
