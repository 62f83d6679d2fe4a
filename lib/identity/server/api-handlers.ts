import type { z } from "zod";
import type { ApiKey, createApiKeyEndpoint, listApiKeysEndpoint, Member } from "@/lib/identity/schema";
import type { ListQuery } from "@/lib/kernel/list";
import type { Context } from "@/lib/server/context";
import { createAppKey } from "./create-key";
import { describeCaller } from "./describe-caller";
import { getAppKey, listAppKeys, type AppKeyRow } from "./list-keys";
import { listMembers, type MemberRow } from "./list-members";
import { revokeAppKey } from "./revoke-key";

// The API's doors to this room's verbs: wire names in, wire names out.

/** GET /api/v1/whoami */
export async function handleWhoami(ctx: Context) {
  const { actor, capabilities, org, livemode } = await describeCaller(ctx);
  const person = actor.kind === "user" ? actor : null;
  return {
    object: "whoami" as const,
    kind: actor.kind,
    id: actor.id,
    name: person?.name ?? null,
    email: person?.email ?? null,
    role: person?.role ?? null,
    via: person?.via ?? null,
    app_id: actor.kind === "key" ? actor.appId : null,
    scopes: actor.kind === "key" ? [...actor.scopes] : [],
    capabilities,
    organisation: org,
    livemode,
  };
}

type KeyListQuery = NonNullable<z.output<NonNullable<typeof listApiKeysEndpoint.query>>>;

/** GET /api/v1/api_keys */
export async function handleListApiKeys(ctx: Context, { query }: { query: KeyListQuery }) {
  const { rows, hasMore } = await listAppKeys(ctx, query);
  return { object: "list" as const, url: "/api/v1/api_keys", has_more: hasMore, data: rows.map(keyView) };
}

type NewKeyBody = NonNullable<z.output<NonNullable<typeof createApiKeyEndpoint.body>>>;

/** POST /api/v1/api_keys */
export async function handleCreateApiKey(ctx: Context, { body }: { body: NewKeyBody }) {
  const { app_id: appId, expires_in_days: expiresInDays, name, scopes } = body;
  const { id, key } = await createAppKey(ctx, { appId, expiresInDays, name, scopes });
  return { ...keyView(await getAppKey(ctx, id)), key };
}

/** DELETE /api/v1/api_keys/{id} */
export async function handleRevokeApiKey(ctx: Context, { params }: { params: { id: string } }) {
  const { id } = await revokeAppKey(ctx, { keyId: params.id });
  return keyView(await getAppKey(ctx, id));
}

/** GET /api/v1/members */
export async function handleListMembers(ctx: Context, { query }: { query: ListQuery }) {
  const { rows, hasMore } = await listMembers(ctx, query);
  return { object: "list" as const, url: "/api/v1/members", has_more: hasMore, data: rows.map(memberView) };
}

function keyView(row: AppKeyRow): z.input<typeof ApiKey> {
  return {
    object: "api_key",
    id: row.id,
    app_id: row.appId,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    status: row.status,
    livemode: row.livemode,
    created_at: row.createdAt.toISOString(),
    created_by: row.createdBy,
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    revoked_at: row.revokedAt?.toISOString() ?? null,
  };
}

function memberView(row: MemberRow): z.input<typeof Member> {
  return {
    object: "member",
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    status: row.disabledAt ? "disabled" : "active",
    created_at: row.createdAt.toISOString(),
    last_seen_at: row.lastSeenAt?.toISOString() ?? null,
  };
}
