import type { JsonObject, JsonValue } from "@/lib/kernel/json";

/**
 * A JSON object as application/x-www-form-urlencoded with nested brackets, the way Stripe and PHP read it:
 * `{ metadata: { a: 1 }, items: ["x"] }` → `metadata[a]=1&items[0]=x`. Null members are left out.
 */
export function formEncode(body: JsonObject): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(body)) add(pairs, encodeURIComponent(name), value);
  return pairs.join("&");
}

function add(pairs: string[], name: string, value: JsonValue): void {
  if (value === null) return;
  if (typeof value === "object") {
    for (const [key, member] of Object.entries(value))
      add(pairs, `${name}[${encodeURIComponent(key)}]`, member);
    return;
  }
  pairs.push(`${name}=${encodeURIComponent(String(value))}`);
}
