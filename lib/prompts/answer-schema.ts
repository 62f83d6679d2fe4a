import { isJsonObject, type JsonObject } from "@/lib/kernel/json";

/**
 * The JSON Schema of what a model is asked: why, which way, the action's arguments by the decision type's own schema, and
 * how sure it is. Arguments that are taken from the input are left out of it.
 */
export function answerSchema(argumentsSchema: JsonObject, taken: readonly string[]): JsonObject {
  const { $schema: _dialect, $defs, ...own } = argumentsSchema;
  const properties = isJsonObject(own.properties) ? own.properties : {};
  const required = Array.isArray(own.required) ? own.required : [];
  const asked: JsonObject = {
    ...own,
    type: "object",
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !taken.includes(name))),
    required: required.filter((name) => typeof name !== "string" || !taken.includes(name)),
  };
  return {
    type: "object",
    properties: {
      rationale: { type: "string", description: "Why, in one to three sentences, from what the input says" },
      predicted: {
        type: "string",
        enum: ["positive", "negative"],
        description: "positive: the action should be carried out; negative: it should not",
      },
      arguments: asked,
      confidence: {
        type: "number",
        minimum: 0,
        maximum: 1,
        description:
          "The probability, 0 to 1, that `predicted` and `arguments` are right. Be honest when unsure.",
      },
    },
    required: ["rationale", "predicted", "arguments", "confidence"],
    additionalProperties: false,
    // References lead to the document's root.
    ...(isJsonObject($defs) ? { $defs } : {}),
  };
}
