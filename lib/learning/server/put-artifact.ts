import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

type Place = { appId: string; typeId: string; artifactId: string };

/** Makes an artifact the one in force; the one before it retires. In the caller's transaction. Answers the one before. */
export async function putInForce(ctx: Context, place: Place): Promise<string | null> {
  await lockPlace(ctx, place);
  const [before] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`update model_artifacts set status = 'retired', retired_at = now()
      where app_id = ${place.appId} and type_id = ${place.typeId} and status = 'active' returning id`,
  );
  await rowsOf(
    ctx.db,
    sql`update model_artifacts set status = 'active', activated_at = now(), retired_at = null
      where id = ${place.artifactId} and org_id = ${ctx.orgId}`,
  );
  return before?.id ?? null;
}

/** Lets an artifact answer in shadow; another one there becomes a candidate again. In the caller's transaction. */
export async function putInShadow(ctx: Context, place: Place): Promise<void> {
  await lockPlace(ctx, place);
  await rowsOf(
    ctx.db,
    sql`update model_artifacts set status = 'candidate', shadow_at = null
      where app_id = ${place.appId} and type_id = ${place.typeId} and status = 'shadow'`,
  );
  await rowsOf(
    ctx.db,
    sql`update model_artifacts set status = 'shadow', shadow_at = now()
      where id = ${place.artifactId} and org_id = ${ctx.orgId}`,
  );
}

// One move at a time: at most one is in force, and two at once would meet at the index.
async function lockPlace(ctx: Context, { appId, typeId }: Place): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`select pg_advisory_xact_lock(hashtextextended(${`artifacts ${appId} ${typeId}`}, 0))`,
  );
}
