import { jsonText, readJsonObject } from "@/components/apps/json-text";
import type { JsonObject } from "@/lib/kernel/json";
import type { EvaluatorKind, Quality } from "@/lib/evaluators/vocabulary";

/** A configuration as it is typed: texts and ticks, whatever the kind. */
export type EvaluatorDraft = {
  fields: string;
  on: string;
  schema: string;
  field: string;
  method: string;
  passAt: string;
  mostMs: string;
  mostMicros: string;
  expression: string;
  model: string;
  rubrics: Record<Quality, string>;
  url: string;
  timeoutMs: string;
  secret: string;
  maySeePersonalData: boolean;
};

export const emptyDraft: EvaluatorDraft = {
  fields: "",
  on: "arguments",
  schema: '{\n  "type": "object"\n}',
  field: "",
  method: "edit_distance",
  passAt: "0.8",
  mostMs: "2000",
  mostMicros: "10000",
  expression: "",
  model: "",
  rubrics: { output: "", context: "", prompt: "" },
  url: "",
  timeoutMs: "10000",
  secret: "",
  maySeePersonalData: false,
};

/** A stored configuration to be typed on. */
export function draftOf(config: JsonObject): EvaluatorDraft {
  const text = (key: string, otherwise: string) => {
    const value = config[key];
    return typeof value === "string" || typeof value === "number" ? String(value) : otherwise;
  };
  const rubrics = {
    ...emptyDraft.rubrics,
    ...(config.rubrics as Partial<Record<Quality, string>> | undefined),
  };
  return {
    fields: Array.isArray(config.fields)
      ? config.fields.map((field) => (typeof field === "string" ? field : "")).join("\n")
      : "",
    on: text("on", emptyDraft.on),
    schema: config.schema === undefined ? emptyDraft.schema : jsonText(config.schema),
    field: text("field", ""),
    method: text("method", emptyDraft.method),
    passAt: text("pass_at", emptyDraft.passAt),
    mostMs: text("most_ms", emptyDraft.mostMs),
    mostMicros: text("most_micros", emptyDraft.mostMicros),
    expression: text("expression", ""),
    model: text("model", ""),
    rubrics,
    url: text("url", ""),
    timeoutMs: text("timeout_ms", emptyDraft.timeoutMs),
    secret: "",
    maySeePersonalData: config.may_see_personal_data === true,
  };
}

/** What is sent for a draft of a kind; the server says what is wrong with it. */
export function configOfDraft(kind: EvaluatorKind, draft: EvaluatorDraft): JsonObject {
  const passAt = Number(draft.passAt);
  switch (kind) {
    case "exact": {
      const fields = linesOf(draft.fields);
      return fields.length === 0 ? {} : { fields };
    }
    case "schema": {
      const read = readJsonObject(draft.schema);
      // What is no JSON is sent as it is, to be refused with its place.
      return { on: draft.on, schema: read.ok ? read.value : draft.schema };
    }
    case "similarity":
      return { field: draft.field.trim(), method: draft.method, pass_at: passAt };
    case "latency":
      return { most_ms: Number(draft.mostMs) };
    case "cost":
      return { most_micros: Number(draft.mostMicros) };
    case "cel":
      return { expression: draft.expression, pass_at: passAt };
    case "llm_judge":
      return { model: draft.model, rubrics: rubricsOf(draft), pass_at: passAt };
    case "http":
      return {
        url: draft.url.trim(),
        timeout_ms: Number(draft.timeoutMs),
        pass_at: passAt,
        may_see_personal_data: draft.maySeePersonalData,
      };
  }
}

function rubricsOf({ rubrics }: EvaluatorDraft): JsonObject {
  return Object.fromEntries(Object.entries(rubrics).filter(([, rubric]) => rubric.trim() !== ""));
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
