import { atPointer, isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";

/** The document cannot be read as it stands; the sentence says why. */
export class ImportError extends Error {
  override name = "ImportError";
}

/** What a conversion reads from and gathers: the document, and the definitions that were referred to. */
export type Conversion = { document: JsonObject; isThreeZero: boolean; defs: Map<string, JsonValue> };

// They say how to show or write a value, not what it may be; `$id` and `$anchor` would move what refs mean.
const dropped = new Set([
  "$anchor",
  "$comment",
  "$id",
  "$schema",
  "deprecated",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "nullable",
  "readOnly",
  "writeOnly",
  "xml",
]);
const mapsOfSchemas = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
]);
const listsOfSchemas = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const schemas = new Set([
  "additionalProperties",
  "contains",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);

/**
 * A schema of an OpenAPI 3.0 to 3.2 document as JSON Schema 2020-12. What it refers to is gathered in `defs`, so that
 * a schema may refer to itself; a reference out of the document throws ImportError, because nothing is fetched.
 */
export function convertSchema(node: JsonValue, into: Conversion): JsonValue {
  if (!isJsonObject(node)) return node;
  if (typeof node.$ref === "string") {
    const ref = { $ref: definitionOf(node.$ref, into) };
    // In 3.0 what stands beside a $ref does not count.
    if (into.isThreeZero) return ref;
    const { $ref: _, ...beside } = node;
    return { ...convertMembers(beside, into), ...ref };
  }
  const converted = convertMembers(node, into);
  return into.isThreeZero ? fromThreeZero(node, converted) : converted;
}

/** The value a local `$ref` leads to, however many there are on the way. */
export function resolveRef(node: JsonValue | undefined, document: JsonObject): JsonValue | undefined {
  let here = node;
  for (let steps = 0; isJsonObject(here) && typeof here.$ref === "string"; steps++) {
    if (steps > 20) throw new ImportError(`${here.$ref.slice(0, 200)} refers to itself`);
    here = atPointer(document, localPointer(here.$ref));
  }
  return here;
}

function convertMembers(node: JsonObject, into: Conversion): JsonObject {
  const converted: JsonObject = {};
  for (const [name, value] of Object.entries(node)) {
    if (dropped.has(name) || name.startsWith("x-")) continue;
    if (mapsOfSchemas.has(name) && isJsonObject(value)) {
      converted[name] = Object.fromEntries(
        Object.entries(value).map(([key, schema]) => [key, convertSchema(schema, into)]),
      );
    } else if (listsOfSchemas.has(name) && Array.isArray(value)) {
      converted[name] = value.map((schema) => convertSchema(schema, into));
    } else converted[name] = schemas.has(name) ? convertSchema(value, into) : value;
  }
  return converted;
}

/** What 3.0 says with words of its own: `nullable`, and exclusive limits as yes or no. */
function fromThreeZero(node: JsonObject, converted: JsonObject): JsonValue {
  for (const [limit, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    const bound = converted[limit];
    if (converted[exclusive] === true && bound !== undefined) {
      converted[exclusive] = bound;
      delete converted[limit];
    } else if (typeof converted[exclusive] === "boolean") delete converted[exclusive];
  }
  if (node.nullable !== true) return converted;
  if (typeof converted.type !== "string") return { anyOf: [converted, { type: "null" }] };
  const { enum: values } = converted;
  return {
    ...converted,
    type: [converted.type, "null"],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}

function definitionOf(ref: string, into: Conversion): string {
  const pointer = localPointer(ref);
  const name = pointer
    .replace(/^\/components\/schemas\//, "")
    .replaceAll(/[^A-Za-z0-9_.-]/g, "_")
    .slice(0, 200);
  if (!into.defs.has(name)) {
    const target = atPointer(into.document, pointer);
    if (target === undefined) throw new ImportError(`${ref.slice(0, 200)} is not in this document`);
    // Before its members: a schema that refers to itself finds itself.
    into.defs.set(name, {});
    into.defs.set(name, convertSchema(target, into));
  }
  return `#/$defs/${name}`;
}

function localPointer(ref: string): string {
  if (ref === "#" || ref.startsWith("#/")) {
    try {
      return decodeURIComponent(ref.slice(1));
    } catch {
      throw new ImportError(`${ref.slice(0, 200)} is no reference`);
    }
  }
  throw new ImportError(`${ref.slice(0, 200)} is outside of this document, and nothing is fetched`);
}
