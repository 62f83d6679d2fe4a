import type { Observe } from "@/lib/apps/schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import { atPointer, isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";

/** A target's state as `observe` read it: of what (the arguments in its path), and the value at each pointer. */
export type Observed = { of: JsonObject; values: JsonObject };

export type Change = { pointer: string; before: JsonValue; after: JsonValue };

/** The arguments that an observe path asks about, by their pointers; what is not there is null. */
export function askedAbout(observe: Pick<Observe, "path">, args: JsonObject): JsonObject {
  const pointers = [...observe.path.matchAll(/\{(\/[^{}]*)\}/g)].map(([, pointer = ""]) => pointer);
  return Object.fromEntries(pointers.map((pointer) => [pointer, atPointer(args, pointer) ?? null]));
}

/** What of an answer's body is compared: the values at the pointers, or all of it under the empty pointer. */
export function observedOf(
  observe: Pick<Observe, "path" | "pointers">,
  args: JsonObject,
  body: JsonValue,
): Observed {
  const pointers = observe.pointers.length > 0 ? observe.pointers : [""];
  return {
    of: askedAbout(observe, args),
    values: Object.fromEntries(pointers.map((pointer) => [pointer, atPointer(body, pointer) ?? null])),
  };
}

/** True when a stored state is about what an action on these arguments would touch. */
export function isObservedFor(
  observe: Pick<Observe, "path" | "pointers">,
  args: JsonObject,
  stored: JsonValue,
): boolean {
  return isObserved(stored) && canonicalJson(stored.of) === canonicalJson(askedAbout(observe, args));
}

/** The fields that differ between two states, by pointer; whole bodies are taken apart one level deep. */
export function changesBetween(before: JsonValue, after: JsonValue): Change[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((pointer) => {
    const change = { pointer, before: was[pointer] ?? null, after: is[pointer] ?? null };
    return canonicalJson(change.before) === canonicalJson(change.after) ? [] : [change];
  });
}

/** True for a state as {@link observedOf} makes it. */
export function isObserved(value: JsonValue): value is Observed {
  return isJsonObject(value) && isJsonObject(value["of"]) && isJsonObject(value["values"]);
}

function fieldsOf(state: JsonValue): JsonObject {
  if (!isObserved(state)) return {};
  const { "": whole, ...rest } = state.values;
  if (whole === undefined) return rest;
  if (!isJsonObject(whole)) return { ...rest, "": whole };
  const members = Object.entries(whole).map(([name, value]) => [
    `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    value,
  ]);
  return { ...rest, ...Object.fromEntries(members) };
}
