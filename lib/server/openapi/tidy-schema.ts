export type JsonSchema = { [key: string]: unknown };

/** Any JSON value, spelled out: the one recursive shape that contracts use. */
export const jsonValue: JsonSchema = {
  description: "Any JSON value",
  anyOf: [
    { type: "string" },
    { type: "number" },
    { type: "boolean" },
    { type: "null" },
    { type: "array", items: { $ref: "#/components/schemas/JsonValue" } },
    { type: "object", additionalProperties: { $ref: "#/components/schemas/JsonValue" } },
  ],
};

/**
 * A schema as zod writes it, as OpenAPI tools read it: definitions live among the document's components, a union with
 * "anything" is anything, and an object with known keys lists them. Throws for a recursive shape it does not know.
 */
export function tidySchema({ $schema: _dialect, $defs, ...schema }: JsonSchema): JsonSchema {
  for (const [name, definition] of Object.entries($defs ?? {})) requireJsonValue(name, definition);
  return tidyObject(schema);
}

function requireJsonValue(name: string, definition: unknown): void {
  const said = JSON.stringify(tidy(definition));
  const { description: _, ...known } = jsonValue;
  if (said !== JSON.stringify(known))
    throw new Error(`${name} is a recursive schema the document has no name for`);
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  return isSchema(value) ? tidyObject(value) : value;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null;
}

function tidyObject(written: JsonSchema): JsonSchema {
  const { $ref: ref, anyOf, ...rest } = openUnion(written);
  if (typeof ref === "string") return { ...tidyEach(rest), $ref: "#/components/schemas/JsonValue" };
  if (Array.isArray(anyOf) && anyOf.some((one) => isSchema(one) && Object.keys(one).length === 0)) {
    return tidyEach(rest);
  }
  return tidyEach(withLength(withKnownKeys(anyOf === undefined ? rest : { ...rest, anyOf })));
}

/** A tuple says how long it is, which leaves no item unsaid (linters ask for `items` all the same). */
function withLength(schema: JsonSchema): JsonSchema {
  const { prefixItems } = schema;
  if (!Array.isArray(prefixItems)) return schema;
  return { ...schema, items: {}, minItems: prefixItems.length, maxItems: prefixItems.length };
}

/** A union whose word of kind may be left out (it has a default) does not keep its members apart: any of them. */
function openUnion({ oneOf, ...schema }: JsonSchema): JsonSchema {
  if (!Array.isArray(oneOf)) return oneOf === undefined ? schema : { ...schema, oneOf };
  const isOpen = oneOf.some((one) => isSchema(one) && hasImpliedKind(one));
  return isOpen ? { ...schema, anyOf: oneOf } : { ...schema, oneOf };
}

function hasImpliedKind({ properties, required }: JsonSchema): boolean {
  const said = new Set(Array.isArray(required) ? required : []);
  return Object.entries(isSchema(properties) ? properties : {}).some(
    ([name, one]) => isSchema(one) && "const" in one && !said.has(name),
  );
}

function tidyEach(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, tidy(value)]));
}

function withKnownKeys(schema: JsonSchema): JsonSchema {
  const { propertyNames, additionalProperties, ...rest } = schema;
  if (!isSchema(propertyNames)) return schema;
  const keys = propertyNames["enum"];
  if (Array.isArray(keys)) {
    const properties = Object.fromEntries(keys.map((key: string) => [key, additionalProperties]));
    return { ...rest, properties, additionalProperties: false };
  }
  // A key is always a string: saying so adds nothing.
  const { type: _string, ...limits } = propertyNames;
  return {
    ...rest,
    ...(Object.keys(limits).length > 0 ? { propertyNames: limits } : {}),
    additionalProperties,
  };
}
