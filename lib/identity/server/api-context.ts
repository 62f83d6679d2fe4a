import "server-only";
import { database, type Database } from "@/db/client";
import { DomainError } from "@/lib/kernel/errors";
import { sharedLookUp } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import type { Incoming } from "@/lib/server/handle";
import { isOwnOrigin } from "@/lib/server/origin";
import { noteKeysUsed, verifyKeys, type KeyRefusal, type VerifiedKey } from "./api-keys";
import { cookieValue, readSid, sessionCookieName } from "./session-cookie";
import { findSession } from "./sessions";

/**
 * Who calls the API: an app's key or a person's token in `Authorization: Bearer`, else the session cookie of a
 * signed-in person. A call by cookie that may change something must come from our own pages. Throws
 * `unauthenticated` or `foreign_origin`.
 */
export function apiContext(incoming: Incoming, requestId: string): Promise<Context> {
  return apiContextIn(database(), incoming, requestId);
}

/** {@link apiContext} over a given database. */
export async function apiContextIn(
  db: Database,
  incoming: Pick<Incoming, "method" | "header">,
  requestId: string,
): Promise<Context> {
  const authorization = incoming.header("authorization");
  if (authorization !== null) return fromBearer(db, authorization, requestId);
  const sid = readSid(cookieValue(incoming.header("cookie"), sessionCookieName()));
  const session = sid && (await findSession(db, sid));
  if (!session) {
    throw unauthenticated("Send Authorization: Bearer <key>, or sign in.");
  }
  requireOwnPages(incoming);
  return { db, orgId: session.orgId, actor: session.actor, now: new Date(), requestId };
}

/** Read for each request, after it came: a revoked key is refused from the next on. */
const verifiedKey = sharedLookUp<string, VerifiedKey>(async (db, keys) => {
  const verified = await verifyKeys(db, keys);
  return keys.map((key) => verified.get(key) ?? null);
});

async function fromBearer(db: Database, authorization: string, requestId: string): Promise<Context> {
  const key = bearerOf(authorization);
  if (!key) throw unauthenticated("Send the key as Authorization: Bearer <key>.");
  const verified = await verifiedKey(db, key);
  if (!verified?.ok) throw refusedKey(verified?.reason ?? "unknown");
  await noteKeysUsed(db, [verified.keyId]);
  return { db, orgId: verified.orgId, actor: verified.actor, now: new Date(), requestId };
}

/** The credential of an `Authorization: Bearer …` header, or undefined for another scheme. */
export function bearerOf(authorization: string | null): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization?.trim() ?? "")?.[1];
}

const sentences: Record<KeyRefusal, string> = {
  malformed: "This is not a key of ours: it was cut off or mistyped.",
  unknown: "There is no such key.",
  revoked: "This key was revoked.",
  expired: "This key has expired; make a new one in Settings.",
  disabled: "The person this token belongs to is disabled.",
};

/** The error of a key that is refused, in the words of its reason. */
export function refusedKey(reason: KeyRefusal): DomainError {
  return unauthenticated(sentences[reason]);
}

function unauthenticated(sentence: string): DomainError {
  return new DomainError("unauthenticated", sentence, { code: "unauthenticated" });
}

// A cookie comes along with any site's request; a key is only sent by who holds it.
function requireOwnPages(incoming: Pick<Incoming, "method" | "header">): void {
  if (incoming.method === "GET" || incoming.method === "HEAD") return;
  if (incoming.header("sec-fetch-site") === "same-origin" || isOwnOrigin(incoming.header("origin"))) return;
  throw new DomainError("forbidden", "The request came from another site.", { code: "foreign_origin" });
}
