import type { Truth } from "@/lib/decisions/schema";
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
};
