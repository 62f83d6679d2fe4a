import { isJsonObject, type JsonObject } from "@/lib/kernel/json";

/** A JSON object as typed, or the sentence that says where it stops being one. */
export function readJsonObject(
  text: string,
): { ok: true; value: JsonObject } | { ok: false; message: string } {
  try {
    const value: unknown = JSON.parse(text.trim() === "" ? "{}" : text);
    if (isJsonObject(value)) return { ok: true, value };
    return { ok: false, message: "Write a JSON object: { … }" };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : "This is not JSON" };
  }
}

/** A JSON value as people edit it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
