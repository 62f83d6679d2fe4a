import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { convertSchema, resolveRef, type Conversion } from "./convert-schema";

type Input = { operation: JsonObject; document: JsonObject; isThreeZero: boolean; notes: string[] };

export type ReadAnswers = {
  success_schema: JsonObject;
  reference_pointer: string;
  refusal_statuses?: number[];
};

// Statuses that say the request was not carried out, where a document declares them. 408, 409, 425 and 429 do not.
const refusals = [400, 401, 402, 403, 404, 405, 406, 410, 411, 412, 413, 414, 415, 422, 428];

/** How an operation's answers are read: what a success looks like, where its reference stands, what refuses. */
export function readAnswers({ operation, document, isThreeZero, notes }: Input): ReadAnswers {
  const responses = isJsonObject(operation.responses) ? operation.responses : {};
  const success = Object.keys(responses)
    .filter((status) => /^2(?:\d\d|XX)$/i.test(status))
    .toSorted()[0];
  if (success === undefined) notes.push("It declares no success: any 2xx counts as one.");
  if (success === "202") notes.push("It answers 202: accepted is not done. Have its target report back.");
  const into: Conversion = { document, isThreeZero, defs: new Map() };
  const schema = success === undefined ? {} : bodySchema(resolveRef(responses[success], document), into);
  const declared = refusals.filter((status) => String(status) in responses);
  return {
    success_schema: into.defs.size > 0 ? { ...schema, $defs: Object.fromEntries(into.defs) } : schema,
    reference_pointer: referenceIn(schema, into) ?? "/id",
    ...(declared.length > 0 ? { refusal_statuses: declared } : {}),
  };
}

function bodySchema(response: JsonValue | undefined, into: Conversion): JsonObject {
  const content = isJsonObject(response) && isJsonObject(response.content) ? response.content : {};
  const type = Object.keys(content).find((name) => /^application\/(?:[\w.-]+\+)?json\b/i.test(name));
  const media = type === undefined ? undefined : content[type];
  const schema = isJsonObject(media) ? convertSchema(media.schema ?? {}, into) : {};
  return isJsonObject(schema) ? schema : {};
}

/** `/id`, or the one member under which an `id` stands. */
function referenceIn(schema: JsonObject, { defs }: Conversion): string | null {
  const properties = propertiesOf(schema, defs);
  if (Object.hasOwn(properties, "id")) return "/id";
  for (const [name, member] of Object.entries(properties)) {
    if (isJsonObject(member) && Object.hasOwn(propertiesOf(member, defs), "id")) {
      return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}/id`;
    }
  }
  return null;
}

function propertiesOf(schema: JsonObject, defs: Conversion["defs"]): JsonObject {
  const ref = typeof schema.$ref === "string" ? defs.get(schema.$ref.replace("#/$defs/", "")) : schema;
  return isJsonObject(ref) && isJsonObject(ref.properties) ? ref.properties : {};
}
