import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { apiKeys, apps } from "@/db/schema";
import type { KeyStatus } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { keyset, pageOf } from "./keyset";

const columns = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  livemode: apiKeys.livemode,
  createdAt: apiKeys.createdAt,
  createdBy: apiKeys.createdBy,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
  status: sql<KeyStatus>`case when ${apiKeys.revokedAt} is not null then 'revoked'
    when ${apiKeys.expiresAt} <= now() then 'expired' else 'active' end`,
};

function appKeys(ctx: Context) {
  return ctx.db
    .select({ ...columns, appId: apps.id, appName: apps.name })
    .from(apiKeys)
    .innerJoin(apps, eq(apps.id, apiKeys.appId))
    .$dynamic();
}

/** A page of the apps' keys, revoked and expired ones included, newest first; never the secret. */
export async function listAppKeys(ctx: Context, page: ListQuery & { app_id?: string }) {
  authorize(ctx, "keys.read");
  const { where, orderBy, limit } = keyset(apiKeys.id, page);
  const ofApp = page.app_id === undefined ? undefined : eq(apiKeys.appId, page.app_id);
  const rows = await appKeys(ctx)
    .where(and(eq(apiKeys.orgId, ctx.orgId), eq(apiKeys.kind, "app"), ofApp, where))
    .orderBy(orderBy)
    .limit(limit);
  return pageOf(rows, page);
}

/** One app's key by id. Throws `not_found`. */
export async function getAppKey(ctx: Context, keyId: string): Promise<AppKeyRow> {
  authorize(ctx, "keys.read");
  const [row] = await appKeys(ctx).where(and(eq(apiKeys.orgId, ctx.orgId), eq(apiKeys.id, keyId)));
  if (!row) throw new DomainError("not_found", `There is no key ${keyId}.`);
  return row;
}
export type AppKeyRow = Awaited<ReturnType<typeof listAppKeys>>["rows"][number];

/** The person's own tokens, newest first; at most 100. */
export async function listPersonalTokens(ctx: Context) {
  authorize(ctx, "tokens.write");
  return ctx.db
    .select(columns)
    .from(apiKeys)
    .where(and(eq(apiKeys.orgId, ctx.orgId), eq(apiKeys.kind, "personal"), eq(apiKeys.userId, ctx.actor.id)))
    .orderBy(desc(apiKeys.id))
    .limit(100);
}

/** The apps a key can be made for, by name. */
export async function listKeyApps(ctx: Context) {
  authorize(ctx, "keys.read");
  return ctx.db
    .select({ id: apps.id, name: apps.name })
    .from(apps)
    .where(and(eq(apps.orgId, ctx.orgId), isNull(apps.archivedAt)))
    .orderBy(asc(apps.name))
    .limit(500);
}
