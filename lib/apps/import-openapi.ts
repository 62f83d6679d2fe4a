import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ConnectorRef } from "./inputs";
import { ConnectorActionView } from "./views";

export const ImportBody = z
  .strictObject({
    document: z.string().min(1).max(1_000_000).optional().describe("The document itself, as JSON or YAML"),
    url: z
      .url({ protocol: /^https?$/, error: "an http:// or https:// address" })
      .max(1000)
      .optional()
      .describe("Where the document is; read without any credential"),
    operations: z
      .array(z.string().min(1).max(60))
      .min(1)
      .max(100)
      .optional()
      .describe("Keys of the operations to add; left out, the answer only says what there is"),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe("Of the document you picked from; another one answers 412 document_changed"),
  })
  .refine(({ document, url }) => (document === undefined) !== (url === undefined), {
    path: ["document"],
    error: "Give either the document or its address",
  });
export const ImportOpenApi = z.intersection(ConnectorRef, ImportBody);
export type ImportOpenApi = z.output<typeof ImportOpenApi>;

export const OpenApiImportView = z.object({
  object: z.literal("openapi_import"),
  connector_id: z.string(),
  connector_version: z.int(),
  title: z.string(),
  version: z.string(),
  server: z
    .string()
    .nullable()
    .describe("The address the document names; requests go to the connector's own"),
  sha256: z.string(),
  operations: z.array(
    z.object({
      key: z.string().describe("The key its action gets"),
      name: z.string(),
      method: z.string(),
      path: z.string(),
      arguments: z.array(z.string()),
      exists: z.boolean().describe("The connector has an action with this key already"),
      problem: z.string().nullable().describe("Why no action can be made of it"),
      notes: z.array(z.string()),
    }),
  ),
  added: z.array(ConnectorActionView),
});
export type OpenApiImportView = z.output<typeof OpenApiImportView>;

export const importOpenApiEndpoint = endpoint({
  id: "importOpenApi",
  method: "POST",
  path: "/api/v1/connectors/{connector}/import",
  tag: "Connectors",
  summary: "Read an OpenAPI document and add operations as actions",
  description:
    "OpenAPI 3.0 to 3.2, JSON or YAML. Nothing outside of the document is fetched. Adding operations raises the connector's version once.",
  security: "key",
  params: ConnectorRef,
  body: ImportBody,
  // The document in quotes, as JSON writes it.
  bodyBytes: 2 * 1024 * 1024,
  response: OpenApiImportView,
  status: 200,
  problems: { 404: "not_found", 409: "key_taken", 412: "document_changed", 422: "unreadable_document" },
});

export const importEndpoints = [importOpenApiEndpoint] as const;
