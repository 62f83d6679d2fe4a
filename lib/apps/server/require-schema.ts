import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { ActionConfig } from "../action-config";
import { schemaErrors } from "./compile-schema";

/** Throws `invalid_schema`, with pointers into the request, unless every schema given can be stored. */
export function requireSchemas(schemas: Readonly<Record<string, JsonObject | undefined>>): void {
  const errors = Object.entries(schemas).flatMap(([pointer, schema]) =>
    (schema ? schemaErrors(schema) : []).map((error) => ({ ...error, pointer: pointer + error.pointer })),
  );
  const [first] = errors;
  if (!first) return;
  throw new DomainError("invalid", `${first.pointer} ${first.message}`, { code: "invalid_schema", errors });
}

/** The same for the schemas of an action. */
export function requireActionConfig(config: ActionConfig): void {
  requireSchemas({
    "/config/success_schema": "success_schema" in config ? config.success_schema : undefined,
    "/config/arguments_schema": config.arguments_schema ?? undefined,
  });
}
