import { canonicalJson } from "@/lib/kernel/canonical";
import type { JsonObject } from "@/lib/kernel/json";

/** Exactly what an approval signs: which action of which version of which connector, on which arguments. */
export type SignedAction = {
  decisionId: string;
  actionId: string | null;
  connectorId: string | null;
  connectorVersion: number | null;
  arguments: JsonObject;
};

/** The RFC 8785 text whose SHA-256 is stored at approval and recomputed at the claim. */
export function signedText(action: SignedAction): string {
  return canonicalJson({
    action: action.actionId,
    arguments: action.arguments,
    connector: action.connectorId,
    connector_version: action.connectorVersion,
    decision: action.decisionId,
  });
}
