import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { completerOf, validatorOf } from "./compile-schema";

export type ArgumentsType = { typeId: string; version: number; schema: JsonObject };

/**
 * Arguments as they are signed and sent: checked against their type's schema, with the defaults it names filled in
 * (a copy; only in plain `properties` and `items`, as JSON Schema leaves defaults inside branches open).
 */
export function completeArguments(
  { typeId, version, schema }: ArgumentsType,
  args: JsonObject,
  basePointer = "/arguments",
): { value: JsonObject; errors: FieldError[] } {
  const key = `${typeId}@${version}/arguments`;
  const completer = completerOf(key, schema);
  const value = completer ? completer(structuredClone(args)) : args;
  return { value, errors: validatorOf(key, schema)(value, basePointer) };
}
