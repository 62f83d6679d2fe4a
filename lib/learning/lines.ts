import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { PromptMessage } from "@/lib/prompts/vocabulary";
import type { LearningFormat } from "./vocabulary";

/** An answer as a model would give it: which way, and with which arguments. */
export type Answer = { predicted: "positive" | "negative"; arguments: JsonObject };

/** What stands with each line about where it comes from. `ipw`: 1 / propensity of the label. `labeller`: a pseudonym. */
export type LineMetadata = {
  decision_id: string;
  ipw: number;
  route: string;
  blind: boolean;
  source: "review" | "audit";
  labeller: string;
  labelled_at: string;
  model: string | null;
  prompt_version: string | null;
};

/** A decision that a person ruled on, ready to be written in any format. */
export type Lesson = {
  prompt: PromptMessage[];
  human: Answer;
  model: Answer;
  /** The person did not let the model's answer stand: another way, or other arguments. */
  overridden: boolean;
  confidence: number | null;
  metadata: LineMetadata;
};

/**
 * A lesson as one line of a training file, or null where the format has no line for it (pairs need an override). Formats:
 * OpenAI's fine-tuning guide (supervised, direct preference) and TRL's dataset formats (conversational: language modelling,
 * preference with an explicit prompt, unpaired preference). TRL leaves our `metadata` alone; OpenAI takes none.
 */
export function lineOf(format: LearningFormat, lesson: Lesson): JsonObject | null {
  const { prompt, metadata } = lesson;
  const human = answered(lesson.human);
  const model = answered(lesson.model);
  if (format === "sft") return { messages: [...prompt, human], metadata };
  if (format === "kto") return { prompt, completion: [model], label: !lesson.overridden, metadata };
  if (format === "reward")
    return {
      prompt,
      action: lesson.model,
      reward: lesson.overridden ? 0 : 1,
      // Of the label being given at all; weigh by its inverse.
      propensity: 1 / metadata.ipw,
      confidence: lesson.confidence,
      metadata,
    };
  // What an edit left as it was, or an answer that only masking made alike, prefers nothing.
  if (!lesson.overridden || human.content === model.content) return null;
  if (format === "trl_dpo") return { prompt, chosen: [human], rejected: [model], metadata };
  return {
    input: { messages: prompt, tools: [], parallel_tool_calls: true },
    preferred_output: [human],
    non_preferred_output: [model],
    metadata,
  };
}

/** A line as a provider takes it: without our own key. */
export function withoutMetadata({ metadata: _, ...line }: JsonObject): JsonObject {
  return line;
}

function answered({ predicted, arguments: given }: Answer): { role: "assistant"; content: string } {
  return { role: "assistant", content: JSON.stringify({ predicted, arguments: given }) };
}

/** The same shape with every string changed; `change` gets all of them at once, in order. */
export function changeStrings<T>(value: T, change: (texts: string[]) => string[]): T {
  const texts: string[] = [];
  collect(value, texts);
  const changed = change(texts).values();
  // The same shape: each string's place takes the next one.
  return replaced(value, () => changed.next().value ?? "") as T;
}

function collect(value: unknown, into: string[]): void {
  if (typeof value === "string") into.push(value);
  else if (typeof value === "object" && value !== null)
    for (const item of Object.values(value)) collect(item, into);
}

function replaced(value: unknown, next: () => string): unknown {
  if (typeof value === "string") return next();
  if (Array.isArray(value)) return value.map((item) => replaced(item, next));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, next)]));
}

/** What a model is asked where no prompt is named: what it decides, how it answers, and the input as it came. */
export function plainPrompt(type: { name: string; description: string }, input: JsonValue): PromptMessage[] {
  const system = [
    `You decide: ${type.name}. ${type.description}`.trim(),
    'Answer with JSON: {"predicted": "positive" or "negative", "arguments": {…}}.',
    "positive: carry the action out with these arguments; negative: leave things as they are.",
  ];
  return [
    { role: "system", content: system.join("\n") },
    { role: "user", content: JSON.stringify(input, null, 2) },
  ];
}
