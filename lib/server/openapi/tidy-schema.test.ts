import { expect, test } from "vitest";
import { z } from "zod";
import { tidySchema, type JsonSchema } from "./tidy-schema";

const tidied = (schema: z.ZodType) =>
  tidySchema(z.toJSONSchema(schema, { unrepresentable: "any" }) as JsonSchema);

test("any JSON value refers to the document's one component", () => {
  const { properties } = tidied(z.object({ data: z.json() })) as { properties: { data: JsonSchema } };
  expect(properties.data).toEqual({ $ref: "#/components/schemas/JsonValue" });
});

test("a recursive shape without a name is refused, not published broken", () => {
  type Tree = { children: Tree[] };
  const tree: z.ZodType<Tree> = z.object({ children: z.lazy(() => z.array(tree)) });
  expect(() => tidied(z.object({ tree }))).toThrow(/recursive/);
});

test("an object with known keys lists them", () => {
  expect(tidied(z.record(z.enum(["a", "b"]), z.int()))).toMatchObject({
    properties: { a: { type: "integer" }, b: { type: "integer" } },
    required: ["a", "b"],
    additionalProperties: false,
  });
});

test("a union with anything is anything", () => {
  expect(tidied(z.object({ any: z.unknown().nullable().describe("What it answered") }))).toMatchObject({
    properties: { any: { description: "What it answered" } },
  });
});

test("a union told apart by a word that may be left out is any of its members", () => {
  const a = z.object({ kind: z.literal("a").default("a") });
  const union = z.discriminatedUnion("kind", [a, z.object({ kind: z.literal("b") })]);
  const written = z.toJSONSchema(union, { io: "input" }) as JsonSchema;
  expect(tidySchema(written)).toMatchObject({ anyOf: [{}, {}] });
  expect(tidySchema(written)).not.toHaveProperty("oneOf");
  const closed = z.toJSONSchema(union, { io: "output" }) as JsonSchema;
  expect(tidySchema(closed)).toMatchObject({ oneOf: [{}, {}] });
});

test("a tuple says how long it is", () => {
  expect(tidied(z.tuple([z.int(), z.string()]))).toMatchObject({
    prefixItems: [{ type: "integer" }, { type: "string" }],
    items: {},
    minItems: 2,
    maxItems: 2,
  });
});
