import type { KeyItem } from "@/components/identity/keys-table";

type Row = Omit<KeyItem, "expiresAt" | "lastUsedAt"> & { expiresAt: Date | null; lastUsedAt: Date | null };

/** What the browser needs of a key's row, in values that travel. */
export function keyItemOf({
  id,
  name,
  prefix,
  appName,
  scopes,
  status,
  expiresAt,
  lastUsedAt,
}: Row): KeyItem {
  return {
    id,
    name,
    prefix,
    appName,
    scopes,
    status,
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
