import { sql } from "drizzle-orm";
import type { Actor, Role, Scope } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

type Person = { id: string; name: string; email: string; role: Role };
type Key = { id: string; app_id: string; scopes: Scope[] };

/**
 * The worker's context as whoever sent the file: what they may do is read again for every turn, so that a role taken away
 * or a key revoked ends the import. Throws `forbidden`.
 */
export async function importerOf(ctx: Context, createdBy: string): Promise<Context> {
  const actor = (await personOf(ctx, createdBy)) ?? (await keyOf(ctx, createdBy));
  if (actor) return { ...ctx, actor };
  throw new DomainError("forbidden", "Whoever sent it is no longer a member, or the key was revoked.");
}

async function personOf(ctx: Context, createdBy: string): Promise<Actor | undefined> {
  const [person] = await rowsOf<Person>(
    ctx.db,
    sql`select id, name, email, role from users
      where org_id = ${ctx.orgId} and 'user:' || id = ${createdBy} and disabled_at is null`,
  );
  return person && { kind: "user", ...person, via: "session" };
}

async function keyOf(ctx: Context, createdBy: string): Promise<Actor | undefined> {
  const [key] = await rowsOf<Key>(
    ctx.db,
    sql`select id, app_id, scopes from api_keys where org_id = ${ctx.orgId} and 'key:' || id = ${createdBy}
      and kind = 'app' and revoked_at is null and (expires_at is null or expires_at > now())`,
  );
  return key && { kind: "key", id: key.id, appId: key.app_id, scopes: key.scopes };
}
