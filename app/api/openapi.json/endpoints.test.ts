import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { buildOpenApi } from "@/lib/server/openapi/build-openapi";
import { endpoints, tags } from "./endpoints";

const root = path.join(import.meta.dirname, "../v1");

/** `GET /api/v1/decisions/{}` for every method that a route file exports; parameter names are the file system's own. */
function routes(folder = root, at = "/api/v1"): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return routes(path.join(folder, entry.name), `${at}/${entry.name.startsWith("[") ? "{}" : entry.name}`);
    if (entry.name !== "route.ts") return [];
    const source = readFileSync(path.join(folder, entry.name), "utf8");
    return [...source.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(
      (match) => `${match[1]} ${at}`,
    );
  });
}

const declared = endpoints.map(
  (endpoint) => `${endpoint.method} ${endpoint.path.replaceAll(/\{[^}]+\}/g, "{}")}`,
);

test("every endpoint has a route, and every route an endpoint", () => {
  expect(declared.toSorted()).toEqual(routes().toSorted());
});

test("no two endpoints share an id or a door", () => {
  expect(new Set(declared).size).toBe(declared.length);
  expect(new Set(endpoints.map((endpoint) => endpoint.id)).size).toBe(endpoints.length);
});

test("the names of a query are known of each, so that a misspelt one is refused", () => {
  const unnamed = endpoints.filter(({ query }) => query !== undefined && !(query instanceof z.ZodObject));
  expect(unnamed.map(({ id }) => id)).toEqual([]);
});

describe("the document", () => {
  const document = buildOpenApi(endpoints, { version: "1.2.3", serverUrl: "http://localhost:3000", tags });

  test("says every tag it uses and uses every path parameter it names", () => {
    const named = new Set(document.tags.map((tag) => tag.name));
    for (const [at, methods] of Object.entries(document.paths)) {
      for (const operation of Object.values(methods)) {
        expect(
          operation.tags.every((tag) => named.has(tag)),
          `${at} uses an undescribed tag ${operation.tags.join(", ")}`,
        ).toBe(true);
        const inPath = [...at.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
        const declaredParams = (operation.parameters ?? [])
          .filter((parameter) => parameter.in === "path")
          .map((parameter) => parameter.name);
        expect(declaredParams.toSorted(), at).toEqual(
          inPath.toSorted((one, other) => one.localeCompare(other)),
        );
      }
    }
  });

  test("says what any request may be answered before anything else looks at it", () => {
    const missing = endpoints.flatMap(({ path: at, method, body, query, params, id }) => {
      const said = document.paths[at]?.[method.toLowerCase()]?.responses ?? {};
      const due = [...(body ? ["400", "413", "415"] : []), ...(body || query || params ? ["422"] : [])];
      return due.filter((status) => !(status in said)).map((status) => `${id} ${status}`);
    });
    expect(missing).toEqual([]);
  });

  test("describes a submission as the API takes it", () => {
    const body = document.paths["/api/v1/decisions"]?.post?.requestBody?.content["application/json"]
      ?.schema as { required: string[]; properties: Record<string, unknown> };
    expect(body.required).toEqual(expect.arrayContaining(["type", "input", "proposal"]));
    expect(Object.keys(body.properties)).toContain("confidence");
  });
});
