import { jsonValue, type JsonSchema } from "./tidy-schema";

/** One line of a schema as people read it. */
export type SchemaField = {
  name: string;
  /** `string`, `integer`, `array of object`, `string or null` … */
  type: string;
  required: boolean;
  description: string | null;
  /** `one of a, b` · `1 to 100` · `default 25` */
  limits: string[];
  fields: SchemaField[];
};

/** The fields of an object schema, of an array's items, or of every branch of a union. */
export function fieldsOf(schema: JsonSchema): SchemaField[] {
  const inner = objectIn(schema);
  if (!inner) return [];
  const required = stringsOf(inner["required"]);
  return Object.entries(asSchema(inner["properties"])).map(([name, value]) =>
    fieldOf(name, asSchema(value), required.includes(name)),
  );
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): SchemaField {
  const description = schema["description"];
  return {
    name,
    type: typeWords(schema),
    required,
    description: typeof description === "string" ? description : null,
    limits: limitsOf(schema),
    fields: fieldsOf(schema),
  };
}

/** A schema's type in words. */
export function typeWords(schema: JsonSchema): string {
  if ("$ref" in schema) return "any JSON";
  if ("const" in schema) return JSON.stringify(schema["const"]);
  const branches = branchesOf(schema);
  if (branches.length > 0) return [...new Set(branches.map(typeWords))].join(" or ");
  if (schema["type"] === "array") return `array of ${typeWords(asSchema(schema["items"]))}`;
  return typeof schema["type"] === "string"
    ? schema["type"]
    : jsonValue["description"] === schema["description"]
      ? "any JSON"
      : "any";
}

function limitsOf(schema: JsonSchema): string[] {
  const said: string[] = [];
  const options = branchesOf(schema).flatMap(({ enum: values }) => stringsOf(values));
  const values = [...stringsOf(schema["enum"]), ...options];
  if (values.length > 0) said.push(`one of ${values.join(", ")}`);
  if (schema["format"] === "date-time") said.push("RFC 3339 time");
  const [low, high] = [schema["minimum"], schema["maximum"]];
  if (isLimit(low) && isLimit(high)) said.push(`${low} to ${high}`);
  if (isLimit(schema["maxLength"]))
    said.push(`at most ${schema["maxLength"].toLocaleString("en")} characters`);
  if (isLimit(schema["maxItems"])) said.push(`at most ${schema["maxItems"].toLocaleString("en")} items`);
  if ("default" in schema) said.push(`default ${JSON.stringify(schema["default"])}`);
  return said;
}

// Zod writes the bounds of "any integer" out; nobody wants to read them.
function isLimit(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

function objectIn(schema: JsonSchema): JsonSchema | undefined {
  if (schema["properties"]) return schema;
  if (schema["type"] === "array") return objectIn(asSchema(schema["items"]));
  const branches = branchesOf(schema)
    .map(objectIn)
    .filter((branch) => branch !== undefined);
  if (branches.length < 2) return branches[0];
  return {
    properties: Object.assign({}, ...branches.map(({ properties }) => properties)) as JsonSchema,
    required: stringsOf(branches[0]?.["required"]).filter((name) =>
      branches.every((branch) => stringsOf(branch["required"]).includes(name)),
    ),
  };
}

function branchesOf(schema: JsonSchema): JsonSchema[] {
  const found = schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"];
  return Array.isArray(found) ? found.map(asSchema) : [];
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : {};
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
