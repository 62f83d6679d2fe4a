import { createHash } from "node:crypto";
import { and, asc, eq, inArray } from "drizzle-orm";
import { connectorActions } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { HttpAction } from "../action-config";
import { connectorConfigOf } from "../connector-config";
import type { ImportOpenApi, OpenApiImportView } from "../import-openapi";
import { ImportError } from "../openapi/convert-schema";
import { readOperations, type ImportedDocument, type ImportedOperation } from "../openapi/read-operations";
import { schemaErrors } from "./compile-schema";
import { raiseVersion } from "./connector-version";
import { findConnector, keyTaken } from "./find";
import { actionView } from "./read-connectors";
import { fetchDocument, parseDocument, unreadable } from "./read-openapi-text";

type Connector = Awaited<ReturnType<typeof findConnector>>;
type Picked = ImportedOperation & { action: HttpAction };

/**
 * Reads an OpenAPI document and, when operations are picked, adds each as an action; the connector's version is raised
 * once. Throws `unreadable_document`, `document_changed` and `key_taken`; without a pick nothing changes.
 */
export async function importOpenApi(ctx: Context, input: ImportOpenApi): Promise<OpenApiImportView> {
  authorize(ctx, "connectors.write");
  const connector = await findConnector(ctx, input.connector);
  const pointer = input.url === undefined ? "/document" : "/url";
  const text = input.url === undefined ? (input.document ?? "") : await fetchDocument(input.url);
  const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
  if (input.sha256 !== undefined && input.sha256 !== sha256) throw changed();
  const read = operationsIn(text, pointer, connector);
  const picked = pickedFrom(read, input.operations ?? []);
  const done =
    picked.length === 0
      ? { version: connector.version, added: [] }
      : await addActions(ctx, connector, picked, sha256);
  return viewOf(ctx, { connector, read, sha256, ...done });
}

function operationsIn(text: string, pointer: string, connector: Connector): ImportedDocument {
  const config = connectorConfigOf(connector);
  if (config.kind !== "http") throw unreadable(pointer, "Only an HTTP connector takes operations of OpenAPI");
  try {
    return readOperations(parseDocument(text, pointer), {
      base_url: config.base_url,
      class: connector.class,
    });
  } catch (error) {
    if (error instanceof ImportError) throw unreadable(pointer, error.message);
    throw error;
  }
}

function pickedFrom({ operations }: ImportedDocument, keys: readonly string[]): Picked[] {
  return [...new Set(keys)].map((key) => {
    const found = operations.find((operation) => operation.key === key);
    if (!found) throw unreadable("/operations", `The document has no operation ${key}`);
    if (!found.action)
      throw unreadable("/operations", `${key}: ${found.problem ?? "it cannot be an action"}`);
    return { ...found, action: usable(found.action) };
  });
}

// A document's schemas are often not exact: one that does not compile asks for less, never for nothing.
function usable(action: HttpAction): HttpAction {
  const { success_schema: success, arguments_schema: args } = action;
  return {
    ...action,
    success_schema: schemaErrors(success).length === 0 ? success : { type: "object" },
    arguments_schema: args && schemaErrors(args).length === 0 ? args : null,
  };
}

async function addActions(ctx: Context, connector: Connector, picked: Picked[], sha256: string) {
  return inTransaction(ctx, async (ctx) => {
    const version = await raiseVersion(ctx, connector, undefined);
    const rows = picked.map(({ key, name, action }) => ({
      id: newId("action"),
      orgId: ctx.orgId,
      connectorId: connector.id,
      key,
      name,
      config: action,
    }));
    const added = await ctx.db
      .insert(connectorActions)
      .values(rows)
      .onConflictDoNothing({ target: [connectorActions.connectorId, connectorActions.key] })
      .returning();
    const lost = rows.find(({ key }) => !added.some((row) => row.key === key));
    if (lost) return keyTaken("an action", lost.key);
    await record(ctx, "connector_actions.imported", connector.id, {
      version,
      sha256,
      actions: added.map(({ id, key }) => ({ id, key })),
    });
    return { version, added: added.map(actionView) };
  });
}

async function viewOf(
  ctx: Context,
  done: {
    connector: Connector;
    read: ImportedDocument;
    sha256: string;
    version: number;
    added: OpenApiImportView["added"];
  },
): Promise<OpenApiImportView> {
  const { connector, read, sha256, version, added } = done;
  const existing = await existingKeys(
    ctx,
    connector.id,
    read.operations.map(({ key }) => key),
  );
  return {
    object: "openapi_import",
    connector_id: connector.id,
    connector_version: version,
    title: read.title.slice(0, 200),
    version: read.version.slice(0, 100),
    server: read.server?.slice(0, 500) ?? null,
    sha256,
    operations: read.operations.map(({ key, name, method, path, problem, notes, action }) => ({
      key,
      name,
      method,
      path: path.slice(0, 500),
      arguments: Object.keys(action?.arguments_schema?.properties ?? {}),
      exists: existing.has(key),
      problem,
      notes,
    })),
    added,
  };
}

async function existingKeys(ctx: Context, connectorId: string, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await ctx.db
    .select({ key: connectorActions.key })
    .from(connectorActions)
    .where(
      and(
        eq(connectorActions.orgId, ctx.orgId),
        eq(connectorActions.connectorId, connectorId),
        inArray(connectorActions.key, keys),
      ),
    )
    .orderBy(asc(connectorActions.key));
  return new Set(rows.map(({ key }) => key));
}

function changed(): DomainError {
  const message = "The document is not the one you picked from. Read it again.";
  return new DomainError("precondition_failed", message, { code: "document_changed" });
}
