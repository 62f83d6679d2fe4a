import { DomainError, type FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { parseWith } from "@/lib/server/parse";
import { schemaErrors } from "@/lib/apps/server/compile-schema";
import type { Context } from "@/lib/server/context";
import { configOf, configSchemaOf } from "../config";
import { compileScoring } from "../evaluator-cel";
import type { EvaluatorKind, Quality } from "../vocabulary";
import { findJudgeModel } from "./find-judge-model";

/**
 * A configuration as it is stored: parsed by its kind, its schema compiled, its expression read, its model found (by id
 * from now on). Throws `validation_failed` with the place of what is wrong.
 */
export async function checkedConfig(
  ctx: Context,
  { kind, quality }: { kind: EvaluatorKind; quality: Quality },
  given: unknown,
): Promise<JsonObject> {
  const config = parseWith(configSchemaOf(kind), given, "/config") as JsonObject;
  if (kind === "cel") requireExpression(configOf("cel", config).expression);
  if (kind === "schema") {
    const errors = schemaErrors(configOf("schema", config).schema as JsonObject);
    if (errors.length > 0) throw wrong(errors.map((error) => at("/config/schema", error)));
  }
  if (kind === "llm_judge") {
    const { model, rubrics } = configOf(kind, config);
    if (!rubrics[quality]) throw wrong([noRubric(quality)]);
    return { ...config, model: await findJudgeModel(ctx, model) };
  }
  return config;
}

function noRubric(quality: Quality): FieldError {
  const message = `says nothing of the ${quality}, which this evaluator is about`;
  return { pointer: "/config/rubrics", code: "required", message, fix: `Write a rubric for the ${quality}.` };
}

function requireExpression(expression: string): void {
  try {
    compileScoring(expression);
  } catch (error) {
    if (!(error instanceof RuleProblem)) throw error;
    const message = `Line ${error.line}, column ${error.column}: ${error.message}`;
    const fix = error.fix === null ? {} : { fix: error.fix };
    throw wrong([{ pointer: "/config/expression", code: "wrong_expression", message, ...fix }]);
  }
}

function at(base: string, error: FieldError): FieldError {
  return { ...error, pointer: `${base}${error.pointer}` };
}

function wrong(errors: FieldError[]): DomainError {
  const [first] = errors;
  const message = first ? `${first.pointer}: ${first.message}` : "The configuration is wrong";
  return new DomainError("invalid", message, { code: "validation_failed", errors });
}
