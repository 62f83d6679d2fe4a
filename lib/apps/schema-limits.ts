import type { FieldError } from "@/lib/kernel/errors";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";

/** What one stored JSON Schema may be. */
export const schemaLimits = { bytes: 64 * 1024, depth: 32, pattern: 512, patterns: 200 } as const;

type Seen = { patterns: number; errors: FieldError[] };
type Key = string | number;

/**
 * What is wrong with a schema before it is compiled: too large, too deep, patterns that are too long, too many or
 * no regular expressions. Pointers lead into the schema.
 */
export function limitErrors(schema: JsonObject): FieldError[] {
  const bytes = new TextEncoder().encode(JSON.stringify(schema)).byteLength;
  if (bytes > schemaLimits.bytes) {
    return [error("", "schema_too_large", `is ${bytes} bytes; at most ${schemaLimits.bytes}`, "Shorten it.")];
  }
  const seen: Seen = { patterns: 0, errors: [] };
  walk(schema, [], seen);
  return seen.errors.slice(0, 50);
}

function walk(node: JsonValue, path: readonly Key[], seen: Seen): void {
  if (path.length > schemaLimits.depth) {
    const message = `is nested over ${schemaLimits.depth} levels deep`;
    seen.errors.push(error(pointerOf(path), "schema_too_deep", message, "Move the inner parts to $defs."));
    return;
  }
  if (Array.isArray(node)) {
    node.forEach((item, at) => walk(item, [...path, at], seen));
  } else if (isJsonObject(node)) {
    checkKeywords(node, path, seen);
    for (const [key, value] of Object.entries(node)) {
      // What stands in these is data, not schema.
      if (!["const", "enum", "default", "examples"].includes(key) || isNameOf(path)) {
        walk(value, [...path, key], seen);
      }
    }
  }
}

const containers: readonly Key[] = [
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
];
// Under `properties` a key is the name of a property, whatever it spells.
function isNameOf(path: readonly Key[]): boolean {
  const last = path.at(-1);
  return last !== undefined && containers.includes(last) && !isNameOf(path.slice(0, -1));
}

function checkKeywords(node: JsonObject, path: readonly Key[], seen: Seen): void {
  if (isNameOf(path)) {
    if (path.at(-1) === "patternProperties") {
      for (const source of Object.keys(node)) checkPattern(source, [...path, source], seen);
    }
    return;
  }
  if (typeof node.pattern === "string") checkPattern(node.pattern, [...path, "pattern"], seen);
}

function checkPattern(source: string, path: readonly Key[], seen: Seen): void {
  seen.patterns += 1;
  const pointer = pointerOf(path);
  if (source.length > schemaLimits.pattern) {
    const message = `is a pattern of ${source.length} characters; at most ${schemaLimits.pattern}`;
    seen.errors.push(error(pointer, "pattern_too_long", message, "Shorten the pattern."));
    return;
  }
  if (seen.patterns === schemaLimits.patterns + 1) {
    const message = `is one pattern too many; at most ${schemaLimits.patterns}`;
    seen.errors.push(error(pointer, "too_many_patterns", message, "Use fewer patterns."));
  }
  try {
    RegExp(source, "u");
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "is not a regular expression";
    seen.errors.push(error(pointer, "invalid_pattern", message, "Write an ECMA-262 regular expression."));
  }
}

function error(pointer: string, code: string, message: string, fix: string): FieldError {
  return { pointer, code, message, fix };
}

/** RFC 6901 pointer of a path. */
export function pointerOf(path: readonly Key[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
