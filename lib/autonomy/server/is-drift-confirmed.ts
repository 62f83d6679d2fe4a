import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** So many windows in a row without a confirmed drift, and it is over. */
const steadyWindows = 3;

/** The setting under which a person's reference window of an app and type is kept. */
export function driftReferenceKey({ appId, typeId }: { appId: string; typeId: string }): string {
  return `drift.reference.${appId}.${typeId}`;
}

/**
 * Whether an app's decisions of a type still stand under a confirmed drift: too few windows since have been without one,
 * and nobody has declared another reference since.
 */
export async function isDriftConfirmed(
  ctx: Context,
  pair: { appId: string; typeId: string },
): Promise<boolean> {
  const of = sql`org_id = ${ctx.orgId} and app_id = ${pair.appId} and type_id = ${pair.typeId}`;
  const [row] = await rowsOf<{ shifted: boolean | null }>(
    ctx.db,
    sql`select (select count(distinct day) from drift_checks where ${of} and day > k.day) < ${steadyWindows} as shifted
      from drift_checks k where ${of} and state = 'confirmed'
        and created_at > coalesce((select updated_at from settings where org_id = ${ctx.orgId}
          and key = ${driftReferenceKey(pair)}), '-infinity'::timestamptz)
      order by day desc limit 1`,
  );
  return row?.shifted ?? false;
}
