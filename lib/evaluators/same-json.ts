import { canonicalJson } from "@/lib/kernel/canonical";
import type { JsonValue } from "@/lib/kernel/json";

/** True when both are the same JSON, whatever the order of their members; two that are not there are the same. */
export function sameJson(first: JsonValue | undefined, second: JsonValue | undefined): boolean {
  if (first === undefined || second === undefined) return first === second;
  return canonicalJson(first) === canonicalJson(second);
}
