import { expect, test } from "vitest";
import type { JsonObject } from "@/lib/kernel/json";
import { ImportError } from "./convert-schema";
import { readOperations } from "./read-operations";

const connector = { base_url: "https://pay.example", class: "A" };
const doc = (paths: JsonObject, more: JsonObject = {}) => ({
  openapi: "3.0.3",
  info: { title: "Pay", version: "7" },
  paths,
  ...more,
});
const only = (paths: JsonObject, more: JsonObject = {}) =>
  readOperations(doc(paths, more), connector).operations[0];
const ok = { responses: { 200: { description: "ok" } } };

test("an operation becomes an action: its parameters and its body's members are arguments, its 2xx a success", () => {
  const document = doc(
    {
      "/charges/{charge}/refunds": {
        parameters: [{ $ref: "#/components/parameters/Charge" }],
        get: ok,
        post: {
          operationId: "createRefund",
          summary: "Refund a charge",
          parameters: [
            { name: "expand", in: "query", schema: { type: "array", items: { type: "string" } } },
            { name: "X-Tenant", in: "header", required: true, schema: { type: "string" } },
            { name: "Idempotency-Key", in: "header", schema: { type: "string" } },
            { name: "Accept", in: "header", schema: { type: "string" } },
          ],
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/NewRefund" } } },
          },
          responses: {
            201: { content: { "application/json": { schema: { $ref: "#/components/schemas/Refund" } } } },
            402: { description: "no" },
            409: { description: "busy" },
          },
        },
      },
    },
    {
      servers: [{ url: "https://{region}.pay.example/v1", variables: { region: { default: "eu" } } }],
      components: {
        parameters: { Charge: { name: "charge", in: "path", required: true, schema: { type: "string" } } },
        schemas: {
          NewRefund: {
            type: "object",
            required: ["amount"],
            properties: {
              id: { type: "string", readOnly: true },
              amount: { type: "integer", minimum: 0, exclusiveMinimum: true, example: 5 },
              reason: { type: "string", nullable: true, enum: ["duplicate", "fraud"] },
            },
          },
          Refund: {
            type: "object",
            required: ["id"],
            properties: {
              id: { type: "string" },
              parent: { $ref: "#/components/schemas/Refund" },
              nullable: { type: "string" },
            },
          },
        },
      },
    },
  );
  const read = readOperations(document, connector);
  expect(read).toMatchObject({ title: "Pay", version: "7", server: "https://eu.pay.example/v1" });
  expect(read.operations).toHaveLength(1);
  const [operation] = read.operations;
  expect(operation).toMatchObject({
    key: "create-refund",
    name: "Refund a charge",
    method: "POST",
    problem: null,
  });
  expect(operation?.action).toMatchObject({
    path: "/v1/charges/{/charge}/refunds",
    query: { expand: { $arg: "/expand" } },
    argument_headers: { "X-Tenant": { $arg: "/X-Tenant" } },
    key_header: "Idempotency-Key",
    body: { amount: { $arg: "/amount" }, reason: { $arg: "/reason" } },
    refusal_statuses: [402],
    reference_pointer: "/id",
    arguments_schema: {
      type: "object",
      required: ["charge", "X-Tenant", "amount"],
      additionalProperties: false,
      properties: {
        charge: { type: "string" },
        amount: { type: "integer", exclusiveMinimum: 0 },
        reason: { type: ["string", "null"], enum: ["duplicate", "fraud", null] },
      },
    },
    success_schema: {
      $ref: "#/$defs/Refund",
      $defs: { Refund: { properties: { parent: { $ref: "#/$defs/Refund" }, nullable: { type: "string" } } } },
    },
  });
});

test("a body whose members cannot be arguments of their own is one argument", () => {
  const composed: JsonObject = { oneOf: [{ type: "object" }, { type: "array", items: {} }] };
  const operation = only({
    "/things": {
      post: { ...ok, requestBody: { required: true, content: { "application/json": { schema: composed } } } },
    },
  });
  expect(operation).toMatchObject({
    key: "post-things",
    action: {
      body: { $arg: "/body" },
      arguments_schema: { required: ["body"], properties: { body: composed } },
    },
  });
});

test("3.1: words beside a $ref and lists of types stay, limits are left as they are", () => {
  const document = {
    ...doc({
      "/things/{id}": {
        patch: {
          parameters: [
            {
              name: "id",
              in: "path",
              required: true,
              schema: { $ref: "#/components/schemas/Id", title: "Thing" },
            },
            { name: "n", in: "query", schema: { type: ["integer", "null"], exclusiveMinimum: 2 } },
          ],
        },
      },
    }),
    openapi: "3.1.0",
    components: { schemas: { Id: { type: "string" } } },
  };
  expect(readOperations(document, connector).operations[0]).toMatchObject({
    notes: ["It declares no success: any 2xx counts as one."],
    action: {
      arguments_schema: {
        properties: {
          id: { $ref: "#/$defs/Id", title: "Thing" },
          n: { type: ["integer", "null"], exclusiveMinimum: 2 },
        },
        $defs: { Id: { type: "string" } },
      },
    },
  });
});

test.each([
  [
    "a reference out of the document",
    { $ref: "https://evil.example/schema.json" },
    /outside of this document/,
  ],
  ["a reference that leads nowhere", { $ref: "#/components/schemas/Gone" }, /not in this document/],
])("%s is not fetched: the operation says so, the others stand", (_name, schema, problem) => {
  const content = { "application/json": { schema } };
  const { operations } = readOperations(
    doc({ "/a": { post: { ...ok, requestBody: { required: true, content } } }, "/b": { post: ok } }),
    connector,
  );
  expect(operations).toMatchObject([{ action: null }, { action: { path: "/b" } }]);
  expect(operations[0]?.problem).toMatch(problem);
});

test.each([
  ["a cookie", [{ name: "c", in: "cookie", required: true, schema: {} }], /stands in "cookie"/],
  [
    "an object in the query",
    [{ name: "f", in: "query", required: true, schema: { type: "object" } }],
    /an object/,
  ],
  ["a path without its parameter", [], /not among its parameters/],
  [
    "a header that is ours",
    [
      { name: "id", in: "path", required: true, schema: { type: "string" } },
      { name: "Host", in: "header", required: true, schema: { type: "string" } },
    ],
    /cannot be an action/,
  ],
])("%s cannot be asked for", (_name, parameters, problem) => {
  expect(only({ "/a/{id}": { delete: { ...ok, parameters } } })).toMatchObject({ action: null });
  expect(only({ "/a/{id}": { delete: { ...ok, parameters } } })?.problem).toMatch(problem);
});

test("an optional parameter that cannot be written is left out, with a word", () => {
  const parameters = [{ name: "filter", in: "query", style: "deepObject", schema: { type: "object" } }];
  const operation = only({ "/a": { post: { ...ok, parameters } } });
  expect(operation?.action).toMatchObject({ query: {} });
  expect(operation?.notes.join()).toMatch(/filter .* left out/);
});

test("keys are one of a kind, and a name that objects inherit is a name like any other", () => {
  const parameters = [{ name: "constructor", in: "query", schema: { type: "string" } }];
  const { operations } = readOperations(
    doc({
      "/a": { post: { ...ok, operationId: "Do It!" } },
      "/b": { put: { ...ok, operationId: "do-it", parameters } },
    }),
    connector,
  );
  expect(operations.map(({ key }) => key)).toEqual(["do-it", "do-it-2"]);
  expect(operations[1]?.action?.query).toEqual({ constructor: { $arg: "/constructor" } });
});

test.each(["3.0", "3.1.1", "3.2.0"])("a document of %s is read", (openapi) => {
  expect(readOperations({ ...doc({ "/a": { post: ok } }), openapi }, connector).operations).toHaveLength(1);
});

test.each([
  [{ openapi: "3.10.0" }, /not an OpenAPI 3/],
  [{ swagger: "2.0" }, /Swagger 2/],
  [{ openapi: "4.0.0" }, /not an OpenAPI 3/],
  ["text", /not an OpenAPI document/],
])("%j is refused", (document, message) => {
  expect(() => readOperations(document, connector)).toThrow(ImportError);
  expect(() => readOperations(document, connector)).toThrow(message);
});
