import type { Segment } from "@/lib/apps/schema";
import { isJsonObject, type JsonObject } from "@/lib/kernel/json";

/**
 * Something of a decision whose distribution is compared. `name` is what a check stores: `confidence`, `predicted`, a
 * pointer into the input, or a pointer and `?` for whether it is there at all.
 */
export type Feature = {
  name: string;
  /** Where in the input; null: a column of the decision. */
  path: readonly string[] | null;
  /** `text`: its values where they are few, else its length. `presence`: whether it is there. */
  as: "number" | "category" | "text" | "presence";
};

const own: readonly Feature[] = [
  { name: "confidence", path: null, as: "number" },
  { name: "predicted", path: null, as: "category" },
];

/** Features of the input that are compared at most; a schema with more is compared by its first ones. */
const mostOfInput = 24;
const deepest = 3;
/** Strings that say when or who: neither their values nor their lengths mean anything. */
const senseless = ["date", "date-time", "time", "uuid", "email", "uri", "ipv4", "ipv6"];

/** What is compared of a type's decisions: its declared segments first, then its input's fields in their order. */
export function featuresOf(inputSchema: JsonObject, segments: readonly Segment[]): Feature[] {
  const declared = segments.map(({ pointer }): Feature => ({
    name: pointer,
    path: pathOf(pointer),
    as: "category",
  }));
  const found = fieldsOf(inputSchema, []);
  const names = new Set(declared.map(({ name }) => name));
  const rest = found.filter(({ name }) => !names.has(name));
  return [...own, ...[...declared, ...rest].slice(0, mostOfInput)];
}

function fieldsOf(schema: JsonObject, at: readonly string[]): Feature[] {
  const properties = schema["properties"];
  if (!isJsonObject(properties) || at.length >= deepest) return [];
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).flatMap(([key, value]) => {
    if (!isJsonObject(value)) return [];
    const path = [...at, key];
    const below = fieldsOf(value, path);
    const as = kindOf(value);
    const self: Feature[] = as === null ? [] : [{ name: pointerOf(path), path, as }];
    const there: Feature[] = required.includes(key)
      ? []
      : [{ name: `${pointerOf(path)}?`, path, as: "presence" }];
    return [...self, ...there, ...below];
  });
}

function kindOf(field: JsonObject): Feature["as"] | null {
  if (Array.isArray(field["enum"])) return "category";
  const type = Array.isArray(field["type"]) ? field["type"].find((one) => one !== "null") : field["type"];
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "category";
  if (type !== "string") return null;
  return typeof field["format"] === "string" && senseless.includes(field["format"]) ? null : "text";
}

function pointerOf(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function pathOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
