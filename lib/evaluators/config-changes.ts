import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { sameJson } from "./same-json";

/** One setting that differs, as text; null: it is not there. */
export type ConfigChange = { at: string; before: string | null; after: string | null };

/** Every setting in which two configurations differ, in the order of the newer one; rubrics each by itself. */
export function configChanges(before: JsonObject, after: JsonObject): ConfigChange[] {
  const [was, is] = [flat(before), flat(after)];
  const names = [...new Set([...is.keys(), ...was.keys()])];
  return names
    .filter((name) => !sameJson(was.get(name), is.get(name)))
    .map((at) => ({ at, before: textOf(was.get(at)), after: textOf(is.get(at)) }));
}

function flat(config: JsonObject): Map<string, JsonValue> {
  const entries = Object.entries(config).flatMap(([name, value]): [string, JsonValue][] =>
    name === "rubrics" && isJsonObject(value)
      ? Object.entries(value).map(([quality, rubric]) => [`rubric: ${quality}`, rubric])
      : [[name, value]],
  );
  return new Map(entries);
}

function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
