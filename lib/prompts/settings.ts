import { z } from "zod";
import { confidenceSources } from "@/lib/models/vocabulary";
import type { JsonObject } from "@/lib/kernel/json";

/** How well a way to a confidence did on answers whose truth is known; each answer judged by a fit that had not seen it. */
const Score = z.object({ n: z.int(), brier: z.number(), log_loss: z.number() });

/** A logistic map over the logits of the sources, fitted on judged answers of the version `from`. */
export const Combination = z.strictObject({
  weights: z.partialRecord(z.enum(confidenceSources).exclude(["combined"]), z.number()),
  constant: z.number(),
  fitted_on: z.int().min(1).describe("Judged answers"),
  from: z.string().describe("The version whose answers they were"),
  scores: z.partialRecord(z.enum(confidenceSources), Score).describe("Cross-fitted, by source"),
});
export type Combination = z.output<typeof Combination>;

export const PromptSettings = z.strictObject({
  temperature: z.number().min(0).max(2).optional().describe("Left out: as the model does by itself"),
  max_output_tokens: z.int().min(16).max(32_000).default(1024),
  samples: z
    .int()
    .min(1)
    .max(9)
    .default(1)
    .describe("How often it is asked; above 1, how far the answers agree is a confidence of its own"),
  sample_temperature: z.number().min(0).max(2).default(0.7).describe("Of the further samples"),
  confidence: z.enum(confidenceSources).default("verbalised").describe("The source that is used"),
  take: z
    .record(
      z.string().min(1).max(100),
      z
        .string()
        .max(300)
        .regex(/^(?:\/.*)$/, "a pointer such as /order/id"),
    )
    .default({})
    .describe("Arguments taken from the input by pointer, never asked of the model"),
  combination: Combination.optional(),
});
export type PromptSettings = z.output<typeof PromptSettings>;

export const defaultSettings: PromptSettings = PromptSettings.parse({});

/** A stored version's settings; what it was stored without reads as the default. */
export function settingsOf(stored: JsonObject): PromptSettings {
  return PromptSettings.parse(stored);
}

/** What keeps settings from giving the confidence they name; null: nothing does. */
export function settingsProblem(
  { confidence, samples, combination }: PromptSettings,
  givesTokenProbabilities: boolean,
): string | null {
  if (confidence === "self_consistency" && samples < 2)
    return "Agreement among answers takes at least two samples.";
  if (confidence === "token_probability" && !givesTokenProbabilities)
    return "This model gives no token probabilities.";
  if (confidence === "combined" && !combination)
    return "A combination has to be fitted first, from judged answers of an earlier version.";
  return null;
}
