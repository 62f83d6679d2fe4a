import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys, apps } from "@/db/schema";
import type { Scope } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { livemode } from "@/lib/server/origin";
import { makeKey } from "./api-keys";

/** Days until a key expires; null never does, which only the system's own keys (the demo's) use. Default 90. */
type Expiry = { expiresInDays?: number | null };

/** A new key of an app with these scopes. The key is in the answer and kept nowhere. */
export function createAppKey(
  ctx: Context,
  input: { appId: string; name: string; scopes: Scope[] } & Expiry,
): Promise<{ id: string; key: string }> {
  authorize(ctx, "keys.write");
  return inTransaction(ctx, async (ctx) => {
    await requireApp(ctx, input.appId);
    const { key, prefix, secretHash } = makeKey("app", livemode());
    const id = newId("apiKey");
    const { appId, name, scopes } = input;
    await insertKey(ctx, { id, kind: "app", appId, name, scopes, prefix, secretHash }, input);
    await record(ctx, "api_key.created", id, { app: appId, scopes, prefix });
    return { id, key };
  });
}

/** A new token of the person acting, holding their role as it is at each use. Shown in the answer only. */
export function createPersonalToken(
  ctx: Context,
  input: { name: string } & Expiry,
): Promise<{ id: string; token: string }> {
  authorize(ctx, "tokens.write");
  const { actor } = ctx;
  // A stolen token must not be able to make itself immortal.
  if (actor.kind !== "user" || actor.via !== "session") {
    throw new DomainError("forbidden", "Personal tokens are made by a person who is signed in.");
  }
  return inTransaction(ctx, async (ctx) => {
    const { key: token, prefix, secretHash } = makeKey("personal", livemode());
    const id = newId("apiKey");
    const row = {
      id,
      kind: "personal",
      userId: actor.id,
      name: input.name,
      scopes: [],
      prefix,
      secretHash,
    } as const;
    await insertKey(ctx, { ...row, scopes: [] }, input);
    await record(ctx, "personal_token.created", id, { prefix });
    return { id, token };
  });
}

type NewKey = Pick<
  typeof apiKeys.$inferInsert,
  "id" | "kind" | "appId" | "userId" | "name" | "scopes" | "prefix" | "secretHash"
>;

async function insertKey(ctx: Context, key: NewKey, { expiresInDays = 90 }: Expiry): Promise<void> {
  await ctx.db.insert(apiKeys).values({
    ...key,
    orgId: ctx.orgId,
    livemode: livemode(),
    createdBy: ctx.actor.kind === "user" ? ctx.actor.id : null,
    expiresAt: expiresInDays === null ? null : sql`now() + make_interval(days => ${expiresInDays}::int)`,
  });
}

async function requireApp(ctx: Context, appId: string): Promise<void> {
  const found = await ctx.db
    .select({ id: apps.id })
    .from(apps)
    .where(and(eq(apps.orgId, ctx.orgId), eq(apps.id, appId), isNull(apps.archivedAt)));
  if (found.length > 0) return;
  throw new DomainError("not_found", "There is no such app.", {
    errors: [{ pointer: "/app_id", code: "not_found", message: "There is no such app." }],
  });
}
