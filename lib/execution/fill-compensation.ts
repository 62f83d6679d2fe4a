import type { Compensation } from "@/lib/apps/schema";
import { atPointer, isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";

/** What a compensation's template may draw on: the act that is undone. */
export type Undone = { arguments: JsonObject; reference: string | null; result: JsonValue };

/**
 * The arguments of the decision that undoes an act: `{ "$arg": "/pointer" }` is one of its arguments, `{ "$reference":
 * true }` the target's name for what happened, `{ "$result": "/pointer" }` a value of its answer. What is not there
 * leaves its member out, for the other type's schema to judge.
 */
export function fillCompensation(template: Compensation["arguments"], undone: Undone): JsonObject {
  const filled = fill(template, undone);
  return isJsonObject(filled) ? filled : {};
}

function fill(template: JsonValue, undone: Undone): JsonValue | undefined {
  if (Array.isArray(template))
    return template.map((item) => fill(item, undone)).filter((item) => item !== undefined);
  if (!isJsonObject(template)) return template;
  const entries = Object.entries(template);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, value] = only;
    if (name === "$arg" && typeof value === "string") return atPointer(undone.arguments, value);
    if (name === "$result" && typeof value === "string") return atPointer(undone.result, value);
    if (name === "$reference" && value === true) return undone.reference ?? undefined;
  }
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const member = fill(value, undone);
      return member === undefined ? [] : [[name, member]];
    }),
  );
}
