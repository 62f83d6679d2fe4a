import { z } from "zod";
import type { Endpoint } from "@/lib/kernel/endpoint";
import { problemSchema, sharedResponses } from "./shared-parts";
import { jsonValue, tidySchema, type JsonSchema } from "./tidy-schema";

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
};
export type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: true; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, unknown>;
};
export type OpenApi = {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
    contact: { name: string; url: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, unknown>;
    securitySchemes: Record<string, unknown>;
  };
};

export type About = { version: string; serverUrl: string; tags: Record<string, string> };

/** The OpenAPI 3.1 document of these endpoints: written from the same zod contracts that parse the requests. */
export function buildOpenApi(endpoints: readonly Endpoint[], about: About): OpenApi {
  const paths: OpenApi["paths"] = {};
  for (const endpoint of endpoints) {
    const path = (paths[endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  const used = new Set(endpoints.map((endpoint) => endpoint.tag));
  return {
    openapi: "3.1.0",
    info: {
      title: "Countersign API",
      version: about.version,
      summary: "The control plane between LLM apps and a business.",
      description:
        "Apps submit decisions with a confidence; Countersign routes each one, gets people to rule on the rest, carries out what was signed at most once, and learns from every ruling. Errors are RFC 9457 problems. A field or a query parameter that an endpoint does not name is refused, never passed over.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      contact: { name: "Countersign", url: `${about.serverUrl}/docs/api` },
    },
    servers: [{ url: about.serverUrl, description: "This installation" }],
    tags: Object.entries(about.tags)
      .filter(([name]) => used.has(name))
      .map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { Problem: problemSchema, JsonValue: jsonValue },
      responses: sharedResponses,
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "An app's key (sk_…) or, for what people do, a personal access token (pat_…).",
        },
      },
    },
  };
}

function operationOf(endpoint: Endpoint): Operation {
  const parameters = [
    ...fieldsOf(endpoint.params, "path"),
    ...fieldsOf(endpoint.query, "query"),
    ...headersOf(endpoint),
  ];
  const scope = endpoint.scope
    ? ` Needs the scope \`${endpoint.scope}\`, or a person whose role allows it.`
    : "";
  const types = endpoint.requestTypes ?? ["application/json"];
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    description: `${endpoint.description ?? `${endpoint.summary}.`}${scope}`,
    tags: [endpoint.tag],
    security: endpoint.security === "public" ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true as const,
            content: contentOf(types, schemaOf(endpoint.body, "input")),
          },
        }
      : {}),
    responses: responsesOf(endpoint),
  };
}

function contentOf(types: readonly string[], schema: JsonSchema) {
  return Object.fromEntries(
    types.map((type) => [type, { schema: type === "application/json" ? schema : { type: "string" } }]),
  );
}

function headersOf(endpoint: Endpoint): Parameter[] {
  return (endpoint.headers ?? []).map(({ name, description, required }) => ({
    name,
    in: "header",
    required: required ?? false,
    description,
    schema: { type: "string" },
  }));
}

// Parameters are written one by one, as OpenAPI wants them, from the object that parses them together.
function fieldsOf(schema: z.ZodType | undefined, place: "path" | "query"): Parameter[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(typeof description === "string" ? { description } : {}),
    schema: rest,
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  return tidySchema(z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" }) as JsonSchema);
}

function responsesOf(endpoint: Endpoint): Record<string, unknown> {
  const problems = Object.entries(endpoint.problems ?? {}).map(([status, description]) => [
    status,
    {
      description,
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  ]);
  return {
    [String(endpoint.status)]: {
      description: endpoint.status === 201 ? "Made" : "Done",
      content: contentOf(
        endpoint.responseTypes ?? ["application/json"],
        schemaOf(endpoint.response, "output"),
      ),
    },
    ...(endpoint.security === "public"
      ? {}
      : {
          "401": { $ref: "#/components/responses/Unauthenticated" },
          "403": { $ref: "#/components/responses/Forbidden" },
        }),
    ...readingProblems(endpoint),
    ...Object.fromEntries(problems),
  };
}

// What any request may be answered before its verb is called, whatever the endpoint says itself.
function readingProblems({ body, params, query }: Endpoint): Record<string, unknown> {
  const refer = (name: keyof typeof sharedResponses) => ({ $ref: `#/components/responses/${name}` });
  return {
    ...(body ? { "400": refer("NotJson"), "413": refer("TooLarge"), "415": refer("UnsupportedMedia") } : {}),
    ...(body || params || query ? { "422": refer("Invalid") } : {}),
  };
}
