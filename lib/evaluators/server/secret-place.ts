import type { SecretPlace } from "@/lib/server/secrets";

/** Where the key of a version's service stands. */
export function secretPlace(versionId: string): SecretPlace {
  return { table: "evaluator_versions", column: "secret", rowId: versionId };
}
