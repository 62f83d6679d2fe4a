import { expect, test } from "vitest";
import { configOf } from "@/lib/evaluators/config";
import type { JsonObject } from "@/lib/kernel/json";
import type { EvaluatorKind } from "@/lib/evaluators/vocabulary";
import { configOfDraft, draftOf } from "./evaluator-draft";

const configs: [EvaluatorKind, JsonObject][] = [
  ["exact", {}],
  ["exact", { fields: ["/amount", "/currency"] }],
  ["schema", { on: "rationale", schema: { type: "object", required: ["why"] } }],
  ["similarity", { field: "/reply", method: "words", pass_at: 0.7 }],
  ["latency", { most_ms: 500 }],
  ["cost", { most_micros: 2000 }],
  ["cel", { expression: "decision.confidence > 0.5", pass_at: 0.5 }],
  ["llm_judge", { model: "mdl_1", rubrics: { output: "Good answers are short." }, pass_at: 0.9 }],
  ["http", { url: "https://judge.example.com/", timeout_ms: 900, pass_at: 0.8, may_see_personal_data: true }],
];

test.each(configs)("a stored configuration of kind %s is typed on and saved as it was", (kind, config) => {
  expect(configOfDraft(kind, draftOf(config))).toEqual(config);
  expect(configOf(kind, config)).toEqual(config);
});
