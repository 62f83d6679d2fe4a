import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { convertSchema, ImportError, resolveRef, type Conversion } from "./convert-schema";

type Input = {
  path: string;
  shared: JsonObject;
  operation: JsonObject;
  document: JsonObject;
  isThreeZero: boolean;
  notes: string[];
};

/** An operation's places as templates over the arguments, and what those arguments look like. */
export type ReadArguments = {
  path: string;
  query: JsonObject;
  headers: JsonObject;
  body: JsonValue;
  bodyFormat: "json" | "form";
  /** The header it takes an idempotency key in. */
  keyHeader: string | null;
  schema: JsonObject;
};

type Gathered = ReadArguments & {
  properties: JsonObject;
  required: string[];
  into: Conversion;
  notes: string[];
};

// RFC 9110 and OpenAPI: these are said by other means than a parameter.
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);
const keyHeaders = /^(x-)?idempotency-?key$/i;

/** The arguments of an operation: its parameters by name and, where they do not collide, its body's own members. */
export function readArguments({
  path,
  shared,
  operation,
  document,
  isThreeZero,
  notes,
}: Input): ReadArguments {
  const gathered: Gathered = {
    path,
    query: {},
    headers: {},
    body: null,
    bodyFormat: "json",
    keyHeader: null,
    schema: {},
    properties: {},
    required: [],
    into: { document, isThreeZero, defs: new Map() },
    notes,
  };
  for (const parameter of parametersOf(shared, operation, document)) addParameter(parameter, gathered);
  const missing = /\{([^/}][^}]*)\}/.exec(gathered.path);
  if (missing) throw new ImportError(`The path's ${missing[0]} is not among its parameters`);
  addBody(resolveRef(operation.requestBody, document), gathered);
  const { properties, required, into } = gathered;
  const defs = Object.fromEntries(into.defs);
  gathered.schema = {
    type: "object",
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
    ...(into.defs.size > 0 ? { $defs: defs } : {}),
  };
  return gathered;
}

/** The path's parameters, replaced by the operation's own of the same name and place. */
function parametersOf(shared: JsonObject, operation: JsonObject, document: JsonObject): JsonObject[] {
  const byPlace = new Map<string, JsonObject>();
  for (const list of [shared.parameters, operation.parameters]) {
    for (const entry of Array.isArray(list) ? list : []) {
      const parameter = resolveRef(entry, document);
      if (isJsonObject(parameter)) byPlace.set(JSON.stringify([parameter.in, parameter.name]), parameter);
    }
  }
  return [...byPlace.values()];
}

function addParameter(parameter: JsonObject, into: Gathered): void {
  const { name, in: place, style } = parameter;
  if (typeof name !== "string" || name === "") throw new ImportError("A parameter has no name");
  if (place === "header" && ignoredHeaders.has(name.toLowerCase())) return;
  if (place === "header" && keyHeaders.test(name)) {
    into.keyHeader = name;
    into.notes.push(`${name} carries the action key: this system seems to recognise repeats (class A).`);
    return;
  }
  const isRequired = parameter.required === true || place === "path";
  const schema = schemaOf(parameter, into);
  const problem = unwritable(place, style, schema);
  if (problem !== null) {
    if (isRequired) throw new ImportError(`The parameter ${name} ${problem}`);
    into.notes.push(`The parameter ${name} ${problem}, and is left out.`);
    return;
  }
  addArgument(into, name, schema, isRequired);
  const pointer = pointerTo(name);
  if (place === "path") into.path = into.path.replaceAll(`{${name}}`, `{${pointer}}`);
  else if (place === "query") into.query[name] = { $arg: pointer };
  else into.headers[name] = { $arg: pointer };
}

function unwritable(
  place: JsonValue | undefined,
  style: JsonValue | undefined,
  schema: JsonValue,
): string | null {
  if (place !== "path" && place !== "query" && place !== "header")
    return `stands in ${JSON.stringify(place)}`;
  if (style !== undefined && style !== "simple" && style !== "form")
    return `is written in the style ${JSON.stringify(style)}`;
  const type = isJsonObject(schema) ? schema.type : undefined;
  if (type === "object") return "is an object";
  if (type === "array" && place !== "query") return "is a list";
  return null;
}

function schemaOf(parameter: JsonObject, { into }: Gathered): JsonValue {
  const described: JsonObject =
    typeof parameter.description === "string" ? { description: parameter.description } : {};
  const schema = convertSchema(parameter.schema ?? {}, into);
  return isJsonObject(schema) ? { ...described, ...schema } : schema;
}

function addBody(body: JsonValue | undefined, into: Gathered): void {
  if (!isJsonObject(body)) return;
  const content = isJsonObject(body.content) ? body.content : {};
  const types = Object.keys(content);
  const json = types.find((type) => /^application\/(?:[\w.-]+\+)?json\b/i.test(type));
  const form = types.find((type) => /^application\/x-www-form-urlencoded\b/i.test(type));
  const type = json ?? form;
  const isRequired = body.required === true;
  if (type === undefined) {
    if (isRequired)
      throw new ImportError(`Its body is ${types.join(", ") || "of no type"}, not JSON or a form`);
    return;
  }
  into.bodyFormat = json === undefined ? "form" : "json";
  const media = content[type];
  const schema = isJsonObject(media) ? (media.schema ?? {}) : {};
  const plain = isRequired ? plainMembers(schema, into) : null;
  if (plain) addMembers(plain, into);
  else {
    addArgument(into, "body", convertSchema(schema, into.into), isRequired);
    into.body = { $arg: "/body" };
  }
}

/** The object whose members can be arguments of their own: it has members, is not composed, and none is taken. */
function plainMembers(schema: JsonValue, { into, properties }: Gathered): JsonObject | null {
  const found = resolveRef(schema, into.document);
  if (!isJsonObject(found) || !isJsonObject(found.properties)) return null;
  const composed = ["allOf", "anyOf", "oneOf", "not", "if", "patternProperties"].some(
    (word) => word in found,
  );
  const free = isJsonObject(found.additionalProperties) || found.additionalProperties === true;
  const taken = Object.keys(found.properties).some((name) => Object.hasOwn(properties, name));
  return composed || free || taken || Object.keys(found.properties).length === 0 ? null : found;
}

function addMembers(schema: JsonObject, into: Gathered): void {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const body: JsonObject = {};
  for (const [name, member] of Object.entries(isJsonObject(schema.properties) ? schema.properties : {})) {
    const target = resolveRef(member, into.into.document);
    if (isJsonObject(target) && target.readOnly === true) continue;
    addArgument(into, name, convertSchema(member, into.into), required.has(name));
    body[name] = { $arg: pointerTo(name) };
  }
  into.body = body;
}

function addArgument(into: Gathered, name: string, schema: JsonValue, isRequired: boolean): void {
  if (Object.hasOwn(into.properties, name)) throw new ImportError(`Two of its parameters are called ${name}`);
  into.properties[name] = schema;
  if (isRequired) into.required.push(name);
}

function pointerTo(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
