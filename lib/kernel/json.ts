import { z } from "zod";

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/**
 * Any JSON value in a contract. What reaches it has been through JSON.parse and lib/server/read-json.ts, so it is
 * JSON already: only its presence is checked (walking it again cost more than the rest of a submission).
 */
export const AnyJson = z
  .unknown()
  .refine(
    (value) => value !== undefined,
    "Invalid input: expected a value",
  ) as unknown as z.ZodType<JsonValue>;

/** True for a JSON object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at an RFC 6901 pointer, or undefined where there is none. */
export function atPointer(value: JsonValue, pointer: string): JsonValue | undefined {
  if (pointer === "") return value;
  let here: JsonValue | undefined = value;
  for (const raw of pointer.slice(1).split("/")) {
    const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(here)) here = here[Number(key)];
    else if (isJsonObject(here) && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}
