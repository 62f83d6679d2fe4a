import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { and, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { apiKeys } from "@/db/schema";
import type { Actor, KeyKind, Role, Scope } from "@/lib/identity/schema";
import { hotRowsOf } from "@/lib/server/rows";
import { secretOf } from "./secret";

/** A key that has its shape and its checksum; whether it opens anything only the database knows. */
export type ParsedKey = { kind: KeyKind; livemode: boolean; prefix: string; secret: string };

export const keyRefusals = ["malformed", "unknown", "revoked", "expired", "disabled"] as const;
export type KeyRefusal = (typeof keyRefusals)[number];

/** What a presented key is worth: who acts and for which organisation, or why it is refused. */
export type VerifiedKey =
  | { ok: true; actor: Actor; orgId: string; keyId: string; livemode: boolean }
  | { ok: false; reason: KeyRefusal };

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const shape = /^((sk|pat)_(live|test)_[0-9A-Za-z]{12})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})$/;
const marks = { app: "sk", personal: "pat" } as const satisfies Record<KeyKind, string>;

/**
 * Reads `sk_live_<12>_<43>_<6>` (an app's key) or `pat_live_…` (a person's token), `test` for `live` where nothing is
 * real. The last six are the CRC-32 of what stands before them in base 62, so that a mistyped or made-up key never
 * reaches the database. Undefined for anything else.
 */
export function parseKey(text: string): ParsedKey | undefined {
  const match = shape.exec(text);
  const [, prefix, mark, mode, secret, check] = match ?? [];
  if (!prefix || !secret || checksum(`${prefix}_${secret}`) !== check) return undefined;
  return { kind: mark === "sk" ? "app" : "personal", livemode: mode === "live", prefix, secret };
}

/** A new key with its stored form. The full text is shown once and kept nowhere. */
export function makeKey(
  kind: KeyKind,
  livemode: boolean,
): { key: string; prefix: string; secretHash: string } {
  const prefix = `${marks[kind]}_${livemode ? "live" : "test"}_${randomBase62(12)}`;
  const secret = randomBase62(43);
  const body = `${prefix}_${secret}`;
  return { key: `${body}_${checksum(body)}`, prefix, secretHash: hashSecret(secret) };
}

/** HMAC-SHA256 of a key's secret under the installation's pepper, hex. */
export function hashSecret(secret: string): string {
  return createHmac("sha256", secretOf("pepper")).update(secret).digest("hex");
}

/**
 * Checks many presented keys with one query (none when no key has its shape). The answer maps every presented text to
 * what it is worth now: revocation, expiry, the person's role and whether they are disabled are read at each call.
 */
export async function verifyKeys(db: Database, keys: readonly string[]): Promise<Map<string, VerifiedKey>> {
  const parsed = new Map(keys.map((key) => [key, parseKey(key)]));
  const prefixes = [...new Set([...parsed.values()].flatMap((key) => (key ? [key.prefix] : [])))];
  const rows = prefixes.length > 0 ? await rowsOfPrefixes(db, prefixes) : [];
  const byPrefix = new Map(rows.map((row) => [row.prefix, row]));
  return new Map(
    [...parsed].map(([text, key]) => [
      text,
      key ? judge(key, byPrefix.get(key.prefix)) : { ok: false, reason: "malformed" },
    ]),
  );
}

/** Which keys this process has noted as used lately: the row is written at most once a minute. */
const noted = new Map<string, number>();
const noteEveryMs = 60_000;

/** Writes last_used_at of keys, at most once a minute each. Call it outside the transaction of the work. */
export async function noteKeysUsed(db: Database, keyIds: readonly string[]): Promise<void> {
  const now = Date.now();
  const due = keyIds.filter((id) => now - (noted.get(id) ?? -Infinity) >= noteEveryMs);
  if (due.length === 0) return;
  if (noted.size > 10_000) noted.clear();
  for (const id of due) noted.set(id, now);
  await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        inArray(apiKeys.id, [...new Set(due)]),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - interval '1 minute'`)),
      ),
    );
}

type KeyRow = {
  id: string;
  orgId: string;
  kind: KeyKind;
  appId: string | null;
  prefix: string;
  secretHash: string;
  scopes: Scope[];
  livemode: boolean;
  isRevoked: boolean;
  isExpired: boolean;
  userId: string | null;
  userName: string | null;
  userEmail: string | null;
  userRole: Role | null;
  isDisabled: boolean;
};

function rowsOfPrefixes(db: Database, prefixes: string[]): Promise<KeyRow[]> {
  const [first, ...others] = prefixes;
  // One by one where there is one: for a list of any length the database makes a new plan every time.
  const which =
    others.length === 0 ? sql`k.prefix = ${first}` : sql`k.prefix = any(${sql.param(prefixes)}::text[])`;
  return hotRowsOf<KeyRow>(
    db,
    sql`select k.id, k.org_id as "orgId", k.kind, k.app_id as "appId", k.prefix, k.secret_hash as "secretHash", k.scopes,
        k.livemode, k.revoked_at is not null as "isRevoked", coalesce(k.expires_at <= clock_timestamp(), false) as "isExpired",
        u.id as "userId", u.name as "userName", u.email as "userEmail", u.role as "userRole",
        u.disabled_at is not null as "isDisabled"
      from api_keys k left join users u on u.id = k.user_id
      where ${which}`,
  );
}

function judge(key: ParsedKey, row: KeyRow | undefined): VerifiedKey {
  // The hash is compared before anything else is told: only who holds the secret learns why it is refused.
  if (!sameHash(hashSecret(key.secret), row?.secretHash) || !row) return { ok: false, reason: "unknown" };
  if (row.isRevoked) return { ok: false, reason: "revoked" };
  if (row.isExpired) return { ok: false, reason: "expired" };
  if (row.isDisabled) return { ok: false, reason: "disabled" };
  const actor = actorOf(row);
  if (!actor) return { ok: false, reason: "unknown" };
  return { ok: true, actor, orgId: row.orgId, keyId: row.id, livemode: row.livemode };
}

function actorOf(row: KeyRow): Actor | undefined {
  if (row.kind === "app") {
    return row.appId ? { kind: "key", id: row.id, appId: row.appId, scopes: row.scopes } : undefined;
  }
  const { userId: id, userName: name, userEmail: email, userRole: role } = row;
  if (!id || name === null || email === null || role === null) return undefined;
  return { kind: "user", id, name, email, role, via: "token" };
}

const noHash = "0".repeat(64);

function sameHash(computed: string, stored: string | undefined): boolean {
  return timingSafeEqual(Buffer.from(computed, "hex"), Buffer.from(stored ?? noHash, "hex"));
}

function checksum(text: string): string {
  let rest = crc32(text);
  let out = "";
  for (let i = 0; i < 6; i++) {
    out = alphabet.charAt(rest % 62) + out;
    rest = Math.floor(rest / 62);
  }
  return out;
}

// Bytes of 248 and above are drawn again: 248 is the largest multiple of 62, so every character is equally likely.
function randomBase62(length: number): string {
  let out = "";
  while (out.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && out.length < length) out += alphabet.charAt(byte % 62);
    }
  }
  return out;
}
