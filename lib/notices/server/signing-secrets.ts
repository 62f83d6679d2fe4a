import { openSecret, sealSecret, type SecretPlace } from "@/lib/server/secrets";

const place = (rowId: string): SecretPlace => ({ table: "monitors", column: "webhook_secret", rowId });

/** The secrets that sign what a monitor posts, newest first, sealed for its row. */
export function sealSigningSecrets(monitorId: string, secrets: readonly string[]): string {
  return sealSecret(secrets.join(" "), place(monitorId));
}

/** Those secrets in clear: one, or two while one is being replaced. */
export function openSigningSecrets(monitorId: string, sealed: string | null): string[] {
  return sealed === null ? [] : openSecret(sealed, place(monitorId)).split(" ");
}
