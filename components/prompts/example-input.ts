import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";

/** An input to begin with: what a decision type's schema asks for, empty where it gives no example. */
export function exampleInput(schema: JsonObject): JsonObject {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      exampleOf(isJsonObject(property) ? property : {}),
    ]),
  );
}

function exampleOf(property: JsonObject): JsonValue {
  if (property.default !== undefined) return property.default;
  if (Array.isArray(property.examples) && property.examples[0] !== undefined) return property.examples[0];
  if (Array.isArray(property.enum) && property.enum[0] !== undefined) return property.enum[0];
  switch (property.type) {
    case "object":
      return exampleInput(property);
    case "array":
      return [];
    case "integer":
    case "number":
      return 0;
    case "boolean":
      return false;
    default:
      return "";
  }
}
