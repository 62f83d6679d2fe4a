import type { JsonObject } from "@/lib/kernel/json";

/** True for a JSON object. The kernel has the same beside its zod contract; this one keeps zod out of the browser. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
