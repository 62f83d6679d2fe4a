import { describe, expect, test } from "vitest";
import { z } from "zod";
import { changeStrings, lineOf, plainPrompt, withoutMetadata, type Lesson } from "./lines";
import { learningFormats } from "./vocabulary";

const Message = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().min(1),
});
const Conversation = z.array(Message).min(1);
/** Trainers put the answer behind it: TRL's chat templates refuse a prompt that ends with the system's message. */
const Prompt = Conversation.refine((messages) => messages.at(-1)?.role === "user");
const Assistant = z.tuple([z.strictObject({ role: z.literal("assistant"), content: z.string().min(1) })]);

/** What OpenAI's fine-tuning guide and TRL's "Dataset formats" say a line is. */
const official = {
  sft: z.strictObject({
    messages: Conversation.refine((messages) => messages.at(-1)?.role === "assistant"),
  }),
  openai_dpo: z.strictObject({
    input: z.strictObject({
      messages: Prompt,
      tools: z.array(z.never()),
      parallel_tool_calls: z.boolean(),
    }),
    preferred_output: Assistant,
    non_preferred_output: Assistant,
  }),
  trl_dpo: z.strictObject({ prompt: Prompt, chosen: Assistant, rejected: Assistant }),
  kto: z.strictObject({ prompt: Prompt, completion: Assistant, label: z.boolean() }),
  reward: z.strictObject({
    prompt: Prompt,
    action: z.strictObject({
      predicted: z.enum(["positive", "negative"]),
      arguments: z.record(z.string(), z.unknown()),
    }),
    reward: z.union([z.literal(0), z.literal(1)]),
    propensity: z.number().gt(0).lte(1),
    confidence: z.number().nullable(),
  }),
};

const lesson: Lesson = {
  prompt: plainPrompt({ name: "Issue a refund", description: "" }, { message: "broken" }),
  human: { predicted: "negative", arguments: {} },
  model: { predicted: "positive", arguments: { amount: 500 } },
  overridden: true,
  confidence: 0.97,
  metadata: {
    decision_id: "dec_1",
    ipw: 20,
    route: "execute",
    blind: false,
    source: "audit",
    labeller: "labeller-1",
    labelled_at: "2026-11-23T00:00:00.000Z",
    model: "gpt-test",
    prompt_version: "refunds@3",
  },
};
const confirmed: Lesson = { ...lesson, overridden: false, human: lesson.model };

describe("a line of each format", () => {
  test.each(learningFormats)(
    "%s is as the format's own documentation says, besides our metadata",
    (format) => {
      const line = lineOf(format, lesson);
      expect(line?.metadata).toMatchObject({ ipw: 20, route: "execute", blind: false });
      expect(official[format].safeParse(line && withoutMetadata(line)).error).toBeUndefined();
    },
  );

  test("pairs are made of overrides alone; the person's answer is the better one", () => {
    expect(lineOf("openai_dpo", confirmed)).toBeNull();
    expect(lineOf("trl_dpo", confirmed)).toBeNull();
    expect(lineOf("trl_dpo", lesson)).toMatchObject({
      chosen: [{ content: '{"predicted":"negative","arguments":{}}' }],
      rejected: [{ content: '{"predicted":"positive","arguments":{"amount":500}}' }],
    });
  });

  test("no pair is made of two answers that are the same, as an edit back to what was proposed leaves them", () => {
    const same: Lesson = { ...lesson, human: lesson.model, overridden: true };
    expect(lineOf("openai_dpo", same)).toBeNull();
    expect(lineOf("trl_dpo", same)).toBeNull();
  });

  test("unpaired: the model's own answer, true where a person let it stand", () => {
    expect(lineOf("kto", lesson)).toMatchObject({ label: false });
    expect(lineOf("kto", confirmed)).toMatchObject({ label: true });
    expect(lineOf("reward", lesson)).toMatchObject({ reward: 0, propensity: 0.05 });
    expect(lineOf("sft", lesson)).toMatchObject({
      messages: [{}, {}, { content: '{"predicted":"negative","arguments":{}}' }],
    });
  });
});

test("strings are changed in place, in one go, whatever holds them", () => {
  const value = { a: "x", b: [{ c: "y" }, 3, null, true], d: "z" };
  expect(changeStrings(value, (texts) => texts.map((text, at) => `${text}${at}`))).toEqual({
    a: "x0",
    b: [{ c: "y1" }, 3, null, true],
    d: "z2",
  });
});
