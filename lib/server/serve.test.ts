import { expect, test } from "vitest";
import { z } from "zod";
import { importOpenApiEndpoint } from "@/lib/apps/import-openapi";
import { endpoint } from "@/lib/kernel/endpoint";
import type { Context } from "./context";
import { serve } from "./serve";

const plain = endpoint({
  id: "echo",
  method: "POST",
  path: "/api/v1/echo",
  tag: "Test",
  summary: "Echo",
  security: "key",
  body: z.strictObject({ document: z.string() }),
  response: z.object({ length: z.int() }),
  status: 200,
});
const context = async (): Promise<Context> => ({}) as Context; // the verb looks at none of it
const answerOf = (bodyBytes: number | undefined, document: string) =>
  serve({ ...plain, bodyBytes }, context, async (_ctx, { body }) => ({ length: body.document.length }))(
    new Request("http://localhost/api/v1/echo", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ document }),
    }),
    { params: Promise.resolve({}) },
  );

test("a body is as long as any request's may be, or as its endpoint says", async () => {
  const long = "x".repeat(300_000);
  expect((await answerOf(undefined, long)).status).toBe(413);
  const taken = await answerOf(1_000_000, long);
  expect([taken.status, await taken.json()]).toEqual([200, { length: 300_000 }]);
  expect((await answerOf(1_000_000, "x".repeat(1_000_000))).status).toBe(413);
});

test("an OpenAPI document of the length its import allows fits into the request that brings it", async () => {
  const longest = "\n".repeat(1_000_000);
  expect((await answerOf(importOpenApiEndpoint.bodyBytes, longest)).status).toBe(200);
});

test("a parameter that a list does not have is refused by name, with those it has, not passed over", async () => {
  const { body: _, ...rest } = plain;
  const query = z.object({ status: z.string().optional(), limit: z.coerce.number().default(25) });
  const list = serve({ ...rest, method: "GET", query }, context, async () => ({ length: 1 }));
  const ask = (search: string) =>
    list(new Request(`http://localhost/api/v1/echo${search}`), { params: Promise.resolve({}) });
  for (const search of ["", "?status=open", "?limit=5&status="]) expect((await ask(search)).status).toBe(200);
  const misspelt = await ask("?statuss=open&limit=5&a%2Fb=1");
  expect(misspelt.status).toBe(422);
  expect(await misspelt.json()).toMatchObject({
    code: "validation_failed",
    detail: "There is no parameter statuss. There are: status, limit.",
    errors: [
      { pointer: "/query/statuss", code: "unknown_parameter", fix: "There are: status, limit" },
      { pointer: "/query/a~1b", code: "unknown_parameter" },
    ],
  });
});

test("a parameter that is given twice is refused, not half heard", async () => {
  const { body: _, ...rest } = plain;
  const listed = { ...rest, method: "GET", query: z.object({ status: z.string() }) } as const;
  const list = serve(listed, context, async () => ({ length: 1 }));
  const ask = (query: string) =>
    list(new Request(`http://localhost/api/v1/echo?${query}`), { params: Promise.resolve({}) });
  expect((await ask("status=approved")).status).toBe(200);
  const twice = await ask("status=approved&status=declined");
  expect(twice.status).toBe(422);
  expect(await twice.json()).toMatchObject({ errors: [{ pointer: "/query/status", code: "given_twice" }] });
});
