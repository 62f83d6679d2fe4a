import type { ErrorObject } from "ajv/dist/2020.js";
import type { FieldError } from "@/lib/kernel/errors";
import { pointerOf } from "./schema-limits";

const most = 50;

/** ajv's errors as ours: where (RFC 6901), which keyword, what, and what to do; at most 50. */
export function fieldErrorsOf(errors: readonly ErrorObject[], basePointer: string): FieldError[] {
  return errors.slice(0, most).map((error) => ({
    pointer: basePointer + error.instancePath + memberOf(error),
    code: error.keyword,
    message: messageOf(error),
    fix: fixOf(error),
  }));
}

// A missing or surplus member is pointed at itself, not at the object that lacks or holds it.
function memberOf({ params }: ErrorObject): string {
  const member: unknown = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  return typeof member === "string" ? pointerOf([member]) : "";
}

function messageOf(error: ErrorObject): string {
  if (error.keyword === "required") return "is missing";
  if (memberOf(error) !== "") return "is not a field of this decision type";
  if (error.keyword === "enum") return `must be one of ${listed(error.params.allowedValues)}`;
  if (error.keyword === "const") return `must be ${shown(error.params.allowedValue)}`;
  if (error.keyword === "false schema") return "may not be present";
  return error.message ?? "is not what the schema asks for";
}

function fixOf(error: ErrorObject): string {
  const { keyword, params } = error;
  if (keyword === "required") return "Send this field.";
  if (memberOf(error) !== "" || keyword === "false schema")
    return "Leave it out, or add it to the type's schema.";
  if (keyword === "type") return `Send ${[params.type].flat().join(" or ")}.`;
  if (keyword === "format") return `Write it as the format ${String(params.format)} says.`;
  if (keyword === "pattern") return "Write it as the pattern says.";
  return "Change the value to what the decision type's schema asks for.";
}

function listed(values: unknown): string {
  const all = Array.isArray(values) ? values : [];
  return all.slice(0, 12).map(shown).join(", ") + (all.length > 12 ? ", …" : "");
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "").slice(0, 80);
}
