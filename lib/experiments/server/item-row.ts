import type { Truth } from "@/lib/decisions/schema";
import type { Quality } from "@/lib/evaluators/vocabulary";
import type { JsonObject } from "@/lib/kernel/json";
import type { Answer } from "../compare";

/** An item with its answers, as evaluators look at it too. */
export type ItemRow = {
  id: string;
  decision_id: string | null;
  input: JsonObject;
  truth: Truth;
  expected: JsonObject | null;
  answers: (Omit<Answer, "argumentsRight" | "asksPerson"> & {
    candidate: string;
    output: JsonObject | null;
  })[];
  /** What judges and services said of them; null: nothing. */
  scores: { candidate: string; evaluator: string; given: QualityScore[] }[] | null;
};

type QualityScore = { quality: Quality; score: number | null; passed: boolean | null };
