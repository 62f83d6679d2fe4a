import { openSecret, sealSecret } from "@/lib/server/secrets";
import { sealedPlace } from "./connector-secret";

const placeOf = (rowId: string) => sealedPlace(rowId, "callback_secret");

/** The secrets that sign what a target reports back, newest first, encrypted for their connector's row. */
export function sealCallbackSecrets(connectorId: string, secrets: readonly string[]): string {
  return sealSecret(secrets.join(" "), placeOf(connectorId));
}

/** Those secrets in clear: one, or two while one is being replaced; none where the target reports nothing. */
export function openCallbackSecrets(connectorId: string, sealed: string | null): string[] {
  return sealed === null ? [] : openSecret(sealed, placeOf(connectorId)).split(" ");
}
