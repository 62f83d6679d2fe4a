import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import { driftReferenceKey } from "@/lib/autonomy/server/is-drift-confirmed";
import { lowerAudits } from "@/lib/autonomy/server/lower-audits";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DriftReferenceView, SetDriftReference } from "../drift-endpoints";

/**
 * Says with which window an app's decisions of a type are compared from now on; null goes back to the usual one. A drift
 * that was confirmed before is over: the person says that this is how things are. Throws `not_found`.
 */
export async function setDriftReference(ctx: Context, input: SetDriftReference): Promise<DriftReferenceView> {
  authorize(ctx, "monitors.write");
  return inTransaction(ctx, async (ctx) => {
    const [app, type] = [await findApp(ctx, input.app), await findType(ctx, input.type)];
    const pair = { appId: app.id, typeId: type.id };
    const iso = (at: string) => new Date(at).toISOString();
    const window = input.window && { from: iso(input.window.from), to: iso(input.window.to) };
    await rowsOf(
      ctx.db,
      sql`insert into settings (org_id, key, value) values (${ctx.orgId}, ${driftReferenceKey(pair)}, ${JSON.stringify(window)}::jsonb)
        on conflict (org_id, key) do update set value = excluded.value, updated_at = clock_timestamp()`,
    );
    await lowerAudits({ ...ctx, actor: { kind: "system", id: "drift" } }, pair);
    await record(ctx, "drift.reference_set", `${app.id}/${type.id}`, { window });
    return { object: "drift_reference", app_id: app.id, type_id: type.id, window };
  });
}
