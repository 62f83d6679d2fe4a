import type { JsonObject } from "@/lib/kernel/json";
import { isJsonObject } from "@/lib/kernel/json";
import { DomainError, type FieldError } from "@/lib/kernel/errors";
import { findModel, type ModelRow } from "@/lib/models/server/model-rows";
import type { Context } from "@/lib/server/context";
import { settingsProblem, type PromptSettings } from "../settings";
import { templateErrors } from "../template";
import type { PromptMessage } from "../vocabulary";

type Draft = { model: string; messages: PromptMessage[]; settings: PromptSettings };

/** The model of a draft that can be used. Throws `validation_failed` with every place that cannot, and `not_found`. */
export async function checkDraft(ctx: Context, draft: Draft, argumentsSchema: JsonObject): Promise<ModelRow> {
  const model = await findModel(ctx, draft.model);
  const errors = templateErrors(draft.messages);
  if (!draft.messages.some(({ role }) => role === "user")) {
    const message = "there is no user message";
    errors.push({ pointer: "/messages", code: "required", message, fix: "Add one: it carries the input." });
  }
  if (model.archivedAt !== null)
    errors.push({
      pointer: "/model",
      code: "archived",
      message: "is archived",
      fix: "Choose another model.",
    });
  const problem = settingsProblem(draft.settings, model.givesTokenProbabilities);
  if (problem)
    errors.push({
      pointer: "/settings/confidence",
      code: "not_given",
      message: problem,
      fix: "Choose another source.",
    });
  errors.push(...takeErrors(draft.settings, argumentsSchema));
  const [first] = errors;
  if (!first) return model;
  throw new DomainError("invalid", `${first.pointer}: ${first.message}`, {
    code: "validation_failed",
    errors,
  });
}

function takeErrors({ take }: PromptSettings, schema: JsonObject): FieldError[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  return Object.keys(take).flatMap((name) => {
    if (Object.hasOwn(properties, name) || schema.additionalProperties !== false) return [];
    const message = "is no argument of the decision type";
    return [{ pointer: `/settings/take/${name}`, code: "unknown_argument", message, fix: "Check its name." }];
  });
}
