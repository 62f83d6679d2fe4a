import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import { driftReferenceKey } from "@/lib/autonomy/server/is-drift-confirmed";
import { lowerAudits } from "@/lib/autonomy/server/lower-audits";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DriftReferenceView, SetDriftReference } from "../drift-endpoints";
import { pinnedReferenceKey } from "./drift-reference";
import { driftReferenceOf } from "./list-drift-references";

/**
 * Says with what an app's decisions of a type are compared from now on: a window, one that moves along, or (null) what is
 * pinned by itself. A drift that was confirmed before is over: the person says that this is how things are. What was
 * pinned by itself goes with it, and is pinned anew from the days before the next comparison. Throws `not_found`.
 */
export async function setDriftReference(ctx: Context, input: SetDriftReference): Promise<DriftReferenceView> {
  authorize(ctx, "monitors.write");
  return inTransaction(ctx, async (ctx) => {
    const [app, type] = [await findApp(ctx, input.app), await findType(ctx, input.type)];
    const pair = { appId: app.id, typeId: type.id };
    const iso = (at: string) => new Date(at).toISOString();
    const window = input.window && { from: iso(input.window.from), to: iso(input.window.to) };
    const declared = input.mode === "trailing" ? { mode: "trailing" } : window;
    await rowsOf(
      ctx.db,
      sql`insert into settings (org_id, key, value) values (${ctx.orgId}, ${driftReferenceKey(pair)}, ${JSON.stringify(declared)}::jsonb)
        on conflict (org_id, key) do update set value = excluded.value, updated_at = clock_timestamp()`,
    );
    await rowsOf(
      ctx.db,
      sql`delete from settings where org_id = ${ctx.orgId} and key = ${pinnedReferenceKey(pair)}`,
    );
    await lowerAudits({ ...ctx, actor: { kind: "system", id: "drift" } }, pair);
    const subject = `${app.id}/${type.id}`;
    const data = { did: "declared", mode: input.mode ?? "pinned", window };
    await emit(ctx, { type: "drift.reference_set", subject, data });
    await record(ctx, "drift.reference_set", subject, data);
    return driftReferenceOf(ctx, { app: app.id, type: type.id });
  });
}
